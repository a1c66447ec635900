package org.explain4j.spark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.explain4j.experiments.results.CellFiles;
import org.explain4j.experiments.results.CellName;
import org.explain4j.experiments.results.CellWatch;
import org.explain4j.experiments.results.Lenders;
import org.explain4j.experiments.results.RunOutput;
import org.explain4j.experiments.results.Share;
import org.explain4j.experiments.stages.Runner;
import org.explain4j.experiments.stages.SharedCells;
import org.explain4j.experiments.stages.SharedRun;
import org.explain4j.spark.FileParts.Part;

/**
 * Attributions, then metrics: each cell on some executor, whose files come back into the driver's
 * run directory. A run in it finds them finished, and computes what failed again, to say why.
 *
 * @param output the driver's run directory
 */
record CellsJob(SparkJob job, SharedRun run, RunOutput output) {
  /** Tasks a thread: few enough that opening does not count, enough to even out. */
  private static final int TASKS = 4;

  /**
   * What a task does.
   *
   * @param needed files of other cells
   */
  private record Task(List<CellName> cells, List<BroadcastFiles> needed) implements Serializable {}

  /**
   * @param moments merged, if methods need them
   * @throws IOException if an executor cannot read data or network
   */
  void run(Optional<Path> moments) throws IOException {
    try (CellWatch watch = new CellWatch()) {
      Runner.Session session = new Runner.Session(moments, false, watch);
      run.share(job.setup(), output, session, Share.of(Set.copyOf(cells().first())));
    }
    if (cells().explanations().isEmpty() && cells().scores().isEmpty()) {
      return;
    }
    BroadcastFiles common = BroadcastFiles.of(job.spark(), output.root(), common());
    compute("attributions", tasks(List.of(common), cells().explanations()));
    Map<String, BroadcastFiles> maps = new HashMap<>();
    List<Task> metrics = new ArrayList<>();
    cells()
        .scores()
        .forEach(
            (explainer, cells) -> {
              List<BroadcastFiles> needed = new ArrayList<>(List.of(common));
              if (!explainer.isEmpty()) {
                maps.put(explainer, map(explainer));
                needed.add(maps.get(explainer));
              }
              metrics.addAll(tasks(needed, cells));
            });
    compute("metrics", metrics);
    common.discard();
    maps.values().forEach(BroadcastFiles::discard);
  }

  private SharedCells cells() {
    return run.cells(job.setup(), output);
  }

  private List<String> common() {
    return cells().common().stream()
        .flatMap(cell -> CellFiles.of(output.root(), cell).stream())
        .toList();
  }

  private BroadcastFiles map(String explainer) {
    try {
      List<String> files = CellFiles.of(output.root(), SharedCells.explanations(explainer));
      return BroadcastFiles.of(job.spark(), output.root(), files);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Task> tasks(List<BroadcastFiles> needed, List<CellName> cells) {
    int methods = Math.max(1, job.setup().experiment().explainers().size());
    int parts = Math.max(1, job.spark().defaultParallelism() * TASKS / methods);
    int size = Math.max(1, cells.size() / parts);
    if (needed.size() == 1) {
      size = 1; // attributions and baselines, which take longest
    }
    List<Task> tasks = new ArrayList<>();
    for (int from = 0; from < cells.size(); from += size) {
      int to = Math.min(cells.size(), from + size);
      tasks.add(new Task(new ArrayList<>(cells.subList(from, to)), needed));
    }
    return tasks;
  }

  private void compute(String stage, List<Task> tasks) throws IOException {
    if (tasks.isEmpty()) {
      return;
    }
    Broadcast<ShippedExperiment> sent = job.sent(); // of a task: not this object
    TaskFailures failures = job.failures();
    job.spark().setCallSite(stage);
    JavaRDD<Part> parts =
        job.spark()
            .parallelize(tasks, tasks.size())
            .flatMap(task -> failures.orNothing(() -> done(sent.value(), task)))
            .persist(StorageLevel.DISK_ONLY());
    parts.count(); // side by side; what follows asks for one after another
    failures.check();
    job.spark().setCallSite(TaskProgress.SILENT);
    take(parts.toLocalIterator());
    parts.unpersist();
  }

  private void take(Iterator<Part> parts) {
    while (parts.hasNext()) {
      Part first = parts.next();
      CellFiles.put(
          output,
          first.file(),
          out -> {
            Part part = first;
            out.write(part.bytes());
            while (!part.last()) {
              part = parts.next();
              out.write(part.bytes());
            }
          });
    }
  }

  private static Iterator<Part> done(ShippedExperiment sent, Task task) throws IOException {
    OpenExperiment open = OpenExperiment.of(sent);
    open.lend(task.needed());
    Path work = open.work();
    try (RunOutput output = RunOutput.open(work);
        CellWatch watch = new CellWatch()) {
      Lenders lenders = new Lenders(List.of(open.lent()));
      Runner.Session session = new Runner.Session(Optional.empty(), false, watch, lenders);
      open.run().share(open.setup(), output, session, Share.of(new HashSet<>(task.cells())));
    }
    List<String> files = new ArrayList<>();
    for (CellName cell : task.cells()) {
      files.addAll(CellFiles.of(work, cell));
    }
    return new FileParts(work, files);
  }
}

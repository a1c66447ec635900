package org.explain4j.spark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.explain4j.api.Explainer;
import org.explain4j.api.Metric;
import org.explain4j.experiments.configuration.Configured;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.passes.SplitMoments;
import org.explain4j.experiments.results.CellFiles;
import org.explain4j.experiments.results.CellName;
import org.explain4j.experiments.results.CellWatch;
import org.explain4j.experiments.results.Forecast;
import org.explain4j.experiments.results.Lenders;
import org.explain4j.experiments.results.RunOutput;
import org.explain4j.experiments.results.Share;
import org.explain4j.experiments.stages.Runner;
import org.explain4j.experiments.stages.SharedRun;
import org.explain4j.spark.FileParts.Part;

/**
 * Attributions, then metrics: each cell on some executor, whose files come back into the driver's
 * run directory. A run in it finds them finished, and computes what failed again, to say why.
 *
 * @param output the driver's run directory
 */
record CellsJob(Job job, SharedRun run, RunOutput output) {
  private static final String IMAGES = "images";
  private static final String ATTRIBUTIONS = "attributions";
  private static final String METRICS = "metrics";

  /** Tasks a thread: few enough that opening does not count, enough to even out. */
  private static final int TASKS = 4;

  /**
   * What a task does.
   *
   * @param needed files of other cells
   */
  private record Task(List<CellName> cells, List<Parcel> needed) implements Serializable {}

  /**
   * @param moments merged, if methods need them
   * @throws IOException if an executor cannot read data or network
   */
  void run(Optional<Path> moments) throws IOException {
    Set<CellName> here = new HashSet<>();
    for (CellName cell : forecast().missing()) {
      if (cell.stage().equals(IMAGES)
          || (moments.isPresent() && cell.stage().equals(SplitMoments.STAGE))) {
        here.add(cell);
      }
    }
    try (CellWatch watch = new CellWatch()) {
      Runner.Session session = new Runner.Session(moments, false, watch);
      run.share(job.setup(), output, session, Share.of(here));
    }
    Parcel common = Parcel.of(job.spark(), output.root(), common());
    compute(ATTRIBUTIONS, tasks(List.of(common), missing(ATTRIBUTIONS)));
    Map<String, Parcel> maps = new HashMap<>();
    List<Task> metrics = new ArrayList<>();
    byExplainer(missing(METRICS))
        .forEach(
            (explainer, cells) -> {
              List<Parcel> needed = new ArrayList<>(List.of(common));
              if (!explainer.isEmpty()) {
                maps.put(explainer, map(explainer));
                needed.add(maps.get(explainer));
              }
              metrics.addAll(tasks(needed, cells));
            });
    compute(METRICS, metrics);
    common.discard();
    maps.values().forEach(Parcel::discard);
  }

  private List<CellName> missing(String stage) {
    return forecast().missing().stream().filter(cell -> cell.stage().equals(stage)).toList();
  }

  private Forecast forecast() {
    return SharedRun.forecast(job.setup(), output);
  }

  /** Which images are explained, and what patterns are made of. */
  private List<String> common() {
    List<String> files = new ArrayList<>();
    for (CellName cell : forecast().finished()) {
      if (cell.stage().equals(IMAGES)
          || (cell.stage().equals(SplitMoments.STAGE) && cell.name().startsWith("A "))) {
        files.addAll(CellFiles.of(output.root(), cell));
      }
    }
    return files;
  }

  private Parcel map(String explainer) {
    try {
      List<String> files = CellFiles.of(output.root(), new CellName(ATTRIBUTIONS, explainer));
      return Parcel.of(job.spark(), output.root(), files);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Cells of metrics by the method that they judge; by none, where that is none. */
  private Map<String, List<CellName>> byExplainer(List<CellName> cells) {
    Experiment experiment = job.setup().experiment();
    Map<String, String> explainers = new HashMap<>();
    for (Configured<Metric> metric : experiment.metrics()) {
      for (Configured<Explainer> explainer : experiment.explainers()) {
        explainers.put(metric.label() + " " + explainer.label(), explainer.label());
      }
    }
    Map<String, List<CellName>> byExplainer = new LinkedHashMap<>();
    for (CellName cell : cells) {
      byExplainer
          .computeIfAbsent(explainers.getOrDefault(cell.name(), ""), none -> new ArrayList<>())
          .add(cell);
    }
    return byExplainer;
  }

  private List<Task> tasks(List<Parcel> needed, List<CellName> cells) {
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
    Broadcast<Order> order = job.order(); // of a task: not this object
    Failures failures = job.failures();
    job.spark().setCallSite(stage);
    JavaRDD<Part> parts =
        job.spark()
            .parallelize(tasks, tasks.size())
            .flatMap(task -> failures.orNothing(() -> done(order.value(), task)))
            .persist(StorageLevel.DISK_ONLY());
    parts.count(); // side by side; what follows asks for one after another
    failures.check();
    job.spark().setCallSite(TaskLines.SILENT);
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

  private static Iterator<Part> done(Order order, Task task) throws IOException {
    Site site = Site.of(order);
    site.lend(task.needed());
    Path work = site.work();
    try (RunOutput output = RunOutput.open(work);
        CellWatch watch = new CellWatch()) {
      Lenders lenders = new Lenders(List.of(site.lent()));
      Runner.Session session = new Runner.Session(Optional.empty(), false, watch, lenders);
      site.run().share(site.setup(), output, session, Share.of(new HashSet<>(task.cells())));
    }
    List<String> files = new ArrayList<>();
    for (CellName cell : task.cells()) {
      files.addAll(CellFiles.of(work, cell));
    }
    return new FileParts(work, files);
  }
}

package org.explain4j.experiments.stages;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.explain4j.api.ImageSums;
import org.explain4j.api.ImageSumsPass;
import org.explain4j.api.KebabCase;
import org.explain4j.api.Patterns;
import org.explain4j.api.SignalQuality;
import org.explain4j.experiments.passes.Budget;
import org.explain4j.experiments.passes.ImageSumsCollector;
import org.explain4j.experiments.passes.LayerPatterns;
import org.explain4j.experiments.passes.SplitMoments;
import org.explain4j.experiments.results.Cell;
import org.explain4j.experiments.results.CellHash;
import org.explain4j.experiments.setup.Run;
import org.explain4j.experiments.stages.ComparedNeurons.Family;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Node;
import org.explain4j.reports.runs.LayerRho;
import org.explain4j.reports.runs.RunTable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How rho would vary with other images: split C's images are resampled in groups, with v and
 * patterns fixed, and with the same groups for all estimators of a layer. One cell for each layer,
 * from as few passes over split C as memory allows.
 */
final class RhoImages {
  static final String LOW = "low";
  static final String HIGH = "high";

  private final Run run;
  private final LayerPatterns patterns;
  private final RhoTasks tasks;
  private final SplitMoments evaluate;
  private final int groups;
  private final Map<RhoTask, ImageSums> sums = new HashMap<>();
  private Deque<List<RhoTask>> passes = new ArrayDeque<>();

  RhoImages(Run run, LayerPatterns patterns) {
    this.run = run;
    this.patterns = patterns;
    this.tasks = new RhoTasks(run);
    this.evaluate = SplitMoments.ofRho(run.setup(), "C", run.parts().c());
    this.groups = run.experiment().signalQuality().orElseThrow().imageGroups();
  }

  /** The ends of a rho's interval, if there is one. */
  static Map<String, Double> numbers(Run run, LayerRho.Task task) {
    Map<String, Double> ends = new HashMap<>();
    String prefix = RhoTask.name(task) + " ";
    run.ledger()
        .numbers(RhoTasks.STAGE, cell(task.layer()))
        .forEach(
            (name, end) -> {
              if (name.startsWith(prefix)) {
                ends.put(name.substring(prefix.length()), end);
              }
            });
    return ends;
  }

  private static String cell(String layer) {
    return layer + " images";
  }

  /** Once the rho of all layers are measured. */
  void run() {
    if (groups == 0) {
      return;
    }
    List<RhoTask> open =
        evaluate.nodes().stream()
            .filter(node -> !run.ledger().isDone(RhoTasks.STAGE, cell(node.name()), hash(node)))
            .flatMap(node -> solved(node).stream())
            .toList();
    passes = new ArrayDeque<>(new Budget(run.setup()).imageGroups(evaluate, open, RhoTask::node));
    for (Node node : evaluate.nodes()) {
      run.ledger()
          .cell(
              RhoTasks.STAGE,
              cell(node.name()),
              hash(node),
              cell -> {
                resample(cell, node);
                sums.keySet().removeIf(task -> task.node().equals(node));
              });
    }
  }

  private String hash(Node node) {
    return CellHash.of(
        tasks.of(node).stream().map(tasks::hash).toList(),
        solved(node).stream().map(RhoTask::name).toList(), // others failed, perhaps not next time
        groups,
        run.experiment().comparisons().resamples(),
        run.experiment().comparisons().rhoMargin(),
        run.experiment().seed());
  }

  /** Those whose v was handed out; a cell may have failed after that. */
  private List<RhoTask> solved(Node node) {
    return tasks.of(node).stream()
        .filter(task -> run.output().has(task.regression()) && tasks.isDone(task))
        .toList();
  }

  private void resample(Cell cell, Node node) {
    ComparedNeurons neurons =
        new ComparedNeurons(run.ledger().rows(RunTable.SIGNAL_QUALITY_NEURONS));
    Map<Family, Map<String, ImageSums>> families = new LinkedHashMap<>();
    for (RhoTask task : solved(node)) {
      families
          .computeIfAbsent(
              new Family(node.name(), task.solver().label(), KebabCase.of(task.target())),
              f -> new LinkedHashMap<>())
          .put(task.estimator().label(), sums(task));
    }
    families.forEach(
        (family, ofEstimators) -> new RhoFamily(run, family, neurons).write(cell, ofEstimators));
  }

  private ImageSums sums(RhoTask task) {
    while (!sums.containsKey(task)) {
      if (passes.isEmpty()) {
        throw new IllegalStateException("The pass over split C for sums of images has failed.");
      }
      pass(passes.remove());
    }
    return sums.get(task);
  }

  private void pass(List<RhoTask> group) {
    Map<RhoTask, ImageSumsPass> ofTasks = new LinkedHashMap<>();
    Map<Node, List<ImageSumsPass>> ofNodes = new LinkedHashMap<>();
    try {
      for (RhoTask task : group) {
        ImageSumsPass pass = pass(task);
        ofTasks.put(task, pass);
        ofNodes.computeIfAbsent(task.node(), n -> new ArrayList<>()).add(pass);
      }
      patterns.release();
      new ImageSumsCollector(run, evaluate.sampling(), ofNodes).collect(run.parts().c().size());
      ofTasks.forEach((task, pass) -> sums.put(task, pass.sums()));
    } finally {
      ofTasks.values().forEach(ImageSumsPass::close);
    }
  }

  private ImageSumsPass pass(RhoTask task) {
    Patterns found = patterns.kept(task.estimator().extension(), task.node());
    try (INDArray v = run.output().read(task.regression())) {
      return ImageSumsPass.ofResidual(
          (LinearLayer) task.node().layer(),
          new SignalQuality.Question(found, task.target()),
          v,
          groups);
    }
  }
}

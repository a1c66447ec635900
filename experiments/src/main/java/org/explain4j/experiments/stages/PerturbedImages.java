package org.explain4j.experiments.stages;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.explain4j.api.Attributor;
import org.explain4j.api.Metric;
import org.explain4j.api.Metric.Rebinding.PatternUse;
import org.explain4j.api.Metric.Shared;
import org.explain4j.experiments.configuration.MetaEvaluation;
import org.explain4j.experiments.results.CellHash;
import org.explain4j.experiments.setup.Run;
import org.explain4j.network.Network;
import org.explain4j.network.arrays.Batches;
import org.explain4j.reports.runs.ExplainedImage;
import org.explain4j.reports.runs.MetaScore.Space;
import org.explain4j.reports.runs.RunTable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The first explained images under perturbations of themselves or of the network, and what metrics
 * say of them. Masks stay valid, because nothing moves; so do the explained classes.
 */
final class PerturbedImages {
  private final Run run;
  private final MetaEvaluation settings;
  private final ExplainedImages images;
  private final Binding binding;
  private final Map<Perturbation, boolean[]> samePredictions = new HashMap<>();

  PerturbedImages(Run run, MetaEvaluation settings, ExplainedImages images, Binding binding) {
    this.run = run;
    this.settings = settings;
    this.images = images;
    this.binding = binding;
  }

  int size() {
    return images.size();
  }

  /** Of everything that inputs and networks depend on. */
  String hash(Space space) {
    return CellHash.of(
        images.hash(),
        run.experiment().seed(),
        run.experiment().explain().reference(),
        space == Space.INPUT ? settings.inputs() : settings.weights());
  }

  INDArray inputs(Optional<Perturbation> perturbation, int from, int to) {
    INDArray clean = images.inputs(from, to);
    return perturbation.isEmpty()
        ? clean
        : perturbation.get().inputs(clean, run.network(), settings, run.experiment().seed());
  }

  int[] classes(int from, int to) {
    return images.classes(from, to);
  }

  Network network(Optional<Perturbation> perturbation) {
    return perturbation
        .map(p -> p.network(run.network(), settings, run.experiment().seed()))
        .orElse(run.network());
  }

  /** A method on a network, with the patterns of the unchanged one. */
  Attributor attributor(Explained method, Network network) {
    return network == run.network()
        ? method.attributor().get()
        : method.rebinding().bind(network, PatternUse.KEPT);
  }

  /** Of each image, whether its prediction stays. */
  boolean[] samePrediction(Perturbation perturbation) {
    return samePredictions.computeIfAbsent(perturbation, this::predict);
  }

  private boolean[] predict(Perturbation perturbation) {
    List<ExplainedImage> clean = run.ledger().rows(RunTable.IMAGES);
    Network network = network(Optional.of(perturbation));
    boolean[] same = new boolean[images.size()];
    int batch = run.experiment().batch();
    for (int from = 0; from < same.length; from += batch) {
      int to = Math.min(same.length, from + batch);
      try (INDArray inputs = inputs(Optional.of(perturbation), from, to)) {
        int[] predicted = network.predict(inputs);
        for (int i = from; i < to; i++) {
          same[i] = predicted[i - from] == clean.get(i).predicted();
        }
      }
    }
    return same;
  }

  /**
   * Asks a metric about several methods.
   *
   * @param perturbation of images or network; empty for none
   */
  Judge judge(Metric metric, Optional<Perturbation> perturbation) {
    return new Judge(metric, perturbation, network(perturbation));
  }

  /**
   * A metric under one perturbation; what it finds out about the images is kept for all methods.
   */
  final class Judge {
    private final Metric metric;
    private final Optional<Perturbation> perturbation;
    private final Network network;
    private final Map<Integer, Shared> parts = new HashMap<>(); // by first image

    private Judge(Metric metric, Optional<Perturbation> perturbation, Network network) {
      this.metric = metric;
      this.perturbation = perturbation;
      this.network = network;
    }

    /**
     * @param attributions of the images by the method
     */
    Metric.Result of(Explained method, INDArray attributions) {
      // A metric that asks for no explanation needs no bound method.
      Attributor attributor =
          metric.cost(network).explanations() == 0
              ? (inputs, classes) -> attributor(method, network).attribute(inputs, classes)
              : attributor(method, network);
      return MetricResults.inBatches(
          metric,
          images.size(),
          run.experiment().batch(),
          (from, to) -> {
            try (INDArray inputs = inputs(perturbation, from, to);
                INDArray part = Batches.slice(attributions, from, to)) {
              return metric.evaluate(
                  new Metric.Evaluation(
                      part(inputs, from, to),
                      new Metric.Explained(attributor, part, method.rebinding())));
            }
          });
    }

    private Metric.Images part(INDArray inputs, int from, int to) {
      Shared shared = parts.computeIfAbsent(from, first -> new Shared());
      Metric.Known known =
          new Metric.Known(images.masks(from, to), Optional.of(binding.reference()));
      return new Metric.Images(network, inputs, classes(from, to), known, shared);
    }
  }
}

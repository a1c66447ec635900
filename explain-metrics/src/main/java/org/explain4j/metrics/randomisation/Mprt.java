package org.explain4j.metrics.randomisation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.explain4j.api.Extension;
import org.explain4j.api.Metric;
import org.explain4j.api.Metric.Rebinding.PatternUse;
import org.explain4j.metrics.features.Pixels;
import org.explain4j.metrics.features.Vectors;
import org.explain4j.network.Classifier;

/**
 * Model parameter randomisation test (Adebayo et al. 2018, arXiv 1810.03292, section 3): layers get
 * random weights, one after another or each alone; the explanation of the same class should become
 * another one. Layers have draws of their own.
 *
 * <p>For each similarity a curve over the stages, and a score: the mean over the stages, in which
 * the unchanged network does not count. Lower is better. Missing where a map is constant.
 *
 * @param order of the layers
 * @param similarities of the explanation and that of the random network
 * @param patterns whether a method with patterns keeps those of the unchanged network, or estimates
 *     them anew for the random one
 * @param seed of the random weights, at least 1
 */
public record Mprt(LayerOrder order, List<Similarity> similarities, PatternUse patterns, long seed)
    implements Metric {
  public Mprt() {
    this(LayerOrder.TOP_DOWN, List.of(Similarity.SPEARMAN, Similarity.SSIM), PatternUse.KEPT, 1);
  }

  public Mprt {
    similarities = List.copyOf(similarities);
    Similarity.require(similarities);
    Extension.requireSeed(seed);
  }

  @Override
  public String id() {
    return "mprt";
  }

  @Override
  public String summary() {
    return "Whether the explanation changes with random weights (Adebayo et al. 2018)";
  }

  @Override
  public String family() {
    return "randomisation";
  }

  @Override
  public Cost cost(Classifier classifier) {
    return new Cost(0, Randomised.layers(classifier));
  }

  @Override
  public Result evaluate(Evaluation evaluation) {
    Randomised randomised = new Randomised(evaluation, Randomised.uniform(seed), patterns);
    double[][] maps = randomised.pixels(evaluation.attributions());
    List<double[][]> stages =
        randomised.stages(order).stream()
            .map(layers -> randomised.maps(layers, evaluation.inputs()))
            .toList();
    return result(similarities, randomised.size(), maps, stages);
  }

  /** From the maps of the unchanged network and those of each stage. */
  static Result result(
      List<Similarity> similarities, Pixels pixels, double[][] maps, List<double[][]> stages) {
    List<Score> scores = new ArrayList<>();
    List<Curve> curves = new ArrayList<>();
    double[] x = IntStream.rangeClosed(1, stages.size()).asDoubleStream().toArray();
    for (Similarity similarity : similarities) {
      double[][] values = new double[maps.length][stages.size()];
      for (int s = 0; s < stages.size(); s++) {
        double[] stage = similarity.of(maps, stages.get(s), pixels);
        for (int i = 0; i < stage.length; i++) {
          values[i][s] = stage[i];
        }
      }
      scores.add(
          similarity.score(Arrays.stream(values).mapToDouble(Vectors::meanOfKnown).toArray()));
      curves.add(new Curve(similarity.word(), "stage", "similarity", x, values));
    }
    return new Result(scores, curves);
  }
}

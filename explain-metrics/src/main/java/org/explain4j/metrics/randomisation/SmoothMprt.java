package org.explain4j.metrics.randomisation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.explain4j.api.ExampleBatch;
import org.explain4j.api.Extension;
import org.explain4j.api.Metric;
import org.explain4j.api.Metric.Rebinding.PatternUse;
import org.explain4j.metrics.features.Maps;
import org.explain4j.network.Classifier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Smooth model parameter randomisation test (Hedstroem et al. 2024, arXiv 2401.06465): as {@code
 * mprt} from the input up, with the mean explanation of noisy inputs in place of the explanation.
 * All inputs are noisy, and the same noise is used at all stages.
 *
 * @param draws of the noise
 * @param deviation of the noise, relative to the image's range of values
 * @param similarities of the explanation and that of the random network
 * @param patterns whether a method with patterns keeps those of the unchanged network, or estimates
 *     them anew for the random one
 * @param seed of the random weights, at least 1
 */
public record SmoothMprt(
    int draws, double deviation, List<Similarity> similarities, PatternUse patterns, long seed)
    implements Metric {
  public SmoothMprt() {
    this(10, 0.1, List.of(Similarity.SPEARMAN, Similarity.SSIM), PatternUse.KEPT, 1);
  }

  public SmoothMprt {
    similarities = List.copyOf(similarities);
    Similarity.require(similarities);
    Extension.requireCount("draws", draws);
    Extension.requirePositive("deviation", deviation);
    Extension.requireSeed(seed);
  }

  @Override
  public String id() {
    return "smooth-mprt";
  }

  @Override
  public String summary() {
    return "Whether the smoothed explanation changes with random weights (Hedstroem et al. 2024)";
  }

  @Override
  public String family() {
    return "randomisation";
  }

  @Override
  public Cost cost(Classifier classifier) {
    return new Cost(0, draws * (Randomised.layers(classifier) + 1.0));
  }

  @Override
  public Result evaluate(Evaluation evaluation) {
    Randomised randomised = new Randomised(evaluation, Randomised.uniform(seed), patterns);
    return result(randomised, noisy(evaluation));
  }

  /**
   * @param inputs the images with each draw of the noise
   */
  Result result(Randomised randomised, List<INDArray> inputs) {
    List<double[][]> stages = new ArrayList<>();
    for (Set<String> layers : randomised.stages(LayerOrder.BOTTOM_UP)) {
      stages.add(mean(randomised, layers, inputs));
    }
    double[][] maps = mean(randomised, Set.of(), inputs);
    return Mprt.result(similarities, randomised.size(), maps, stages);
  }

  private static double[][] mean(Randomised randomised, Set<String> layers, List<INDArray> inputs) {
    double[][] mean = new double[randomised.evaluation().classes().length][];
    Arrays.setAll(mean, i -> new double[randomised.size().count()]);
    for (INDArray noisy : inputs) {
      double[][] maps = randomised.maps(layers, noisy);
      for (int i = 0; i < mean.length; i++) {
        for (int p = 0; p < mean[i].length; p++) {
          mean[i][p] += maps[i][p] / inputs.size();
        }
      }
    }
    return mean;
  }

  private List<INDArray> noisy(Evaluation evaluation) {
    ExampleBatch examples =
        ExampleBatch.of(evaluation.classifier(), evaluation.inputs(), evaluation.classes());
    return IntStream.range(0, draws)
        .mapToObj(draw -> noisy(evaluation, Maps.noise(examples, seed, draw)))
        .toList();
  }

  /** The images with noise that is scaled by each image's range. */
  INDArray noisy(Evaluation evaluation, double... noise) {
    double[][] rows = Maps.rows(evaluation.inputs());
    double[] values = new double[noise.length];
    for (int i = 0; i < rows.length; i++) {
      double low = Arrays.stream(rows[i]).min().orElse(0);
      double high = Arrays.stream(rows[i]).max().orElse(0);
      int start = i * rows[i].length;
      for (int p = 0; p < rows[i].length; p++) {
        values[start + p] = rows[i][p] + deviation * (high - low) * noise[start + p];
      }
    }
    return Nd4j.createFromArray(values)
        .castTo(evaluation.classifier().dataType())
        .reshape(evaluation.inputs().shape());
  }
}

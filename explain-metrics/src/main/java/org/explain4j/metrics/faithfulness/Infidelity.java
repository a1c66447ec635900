package org.explain4j.metrics.faithfulness;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.explain4j.api.ExampleBatch;
import org.explain4j.api.Extension;
import org.explain4j.api.Metric;
import org.explain4j.metrics.features.Groups;
import org.explain4j.metrics.features.Maps;
import org.explain4j.metrics.features.Pixels;
import org.explain4j.metrics.features.Vectors;
import org.explain4j.network.Classifier;

/**
 * Infidelity (Yeh et al. 2019, arXiv 1901.09392, Def. 2.1): mean square, over perturbations I, of
 * I'a minus the drop of the output from x to x - I. Lower is better; it is 0 for an attribution
 * that predicts each drop.
 *
 * <ul>
 *   <li>{@code removed}: I marks the pixels of a patch that is removed, so I'a is the patch's
 *       relevance: for attributions, which already hold the factor x;
 *   <li>{@code difference}: the same patches, but I is what is taken away: for gradients;
 *   <li>{@code noise}: I is Gaussian, for gradients.
 * </ul>
 *
 * @param patch side of a removed patch in pixels
 * @param draws of Gaussian noise, the same for all images
 * @param deviation of the noise, in units of the network's input
 * @param scaled whether an attribution is first multiplied by the factor that fits best, as in the
 *     authors' experiments
 * @param replacement of a removed patch
 * @param seed at least 1
 */
public record Infidelity(
    int patch, int draws, double deviation, boolean scaled, Replacement replacement, long seed)
    implements Metric {
  private static final double MARGIN = 0.1;

  public Infidelity() {
    this(4, 20, 0.2, false, new Replacement(), 1);
  }

  public Infidelity {
    Extension.requireCount("patch", patch);
    Extension.requireCount("draws", draws);
    Extension.requirePositive("deviation", deviation);
    Extension.requireSeed(seed);
  }

  @Override
  public String id() {
    return "infidelity";
  }

  @Override
  public String summary() {
    return "Mean squared error of the drops that relevance predicts (Yeh et al. 2019)";
  }

  @Override
  public String family() {
    return "faithfulness";
  }

  @Override
  public Cost cost(Classifier classifier) {
    return new Cost(Groups.patches(Pixels.of(classifier), patch).count() + draws + 1.0, 0);
  }

  @Override
  public Result evaluate(Evaluation evaluation) {
    Removal removal = Removal.ofPatches(evaluation.images(), patch);
    Answers answers = new Answers(patch, replacement, ReadOut.LOGIT);
    double[][] drops = answers.dropsOfSingles(removal);
    double[][] differences = differences(evaluation, removal, replacement.fill(removal));
    double[][] noise = noise(removal);
    double[][] noisy =
        removal.images().shared().once(this, () -> drops(removal, answers.clean(removal), noise));
    return new Result(
        List.of(
            score("removed", infidelities(removal.sums(evaluation), drops)),
            score("difference", infidelities(differences, drops)),
            score("noise", infidelities(products(evaluation, noise), noisy))),
        List.of());
  }

  private static Score score(String name, double... values) {
    return new Score(name, Direction.LOWER_IS_BETTER, MARGIN, values);
  }

  /** For each patch, the sum over its pixels of what is taken away times the attribution. */
  static double[][] differences(Evaluation evaluation, Removal removal, Fill fill) {
    double[][] maps = Maps.rows(evaluation.attributions());
    double[][] sums = new double[maps.length][];
    for (int i = 0; i < maps.length; i++) {
      double[] picture = removal.picture(i);
      double[] rest = fill.of(i);
      double[] map = maps[i];
      Arrays.setAll(map, p -> map[p] * (picture[p] - rest[p]));
      sums[i] = removal.groups().get(i).sums(map);
    }
    return sums;
  }

  private double[][] noise(Removal removal) {
    double[][] noise = new double[draws][removal.examples().size()];
    for (int k = 0; k < draws; k++) {
      SplittableRandom random = ExampleBatch.sharedRandom(seed, k);
      Arrays.setAll(noise[k], i -> deviation * random.nextGaussian());
    }
    return noise;
  }

  /** How much the output drops when each noise is taken away. */
  static double[][] drops(Removal removal, double[] clean, double[][] noise) {
    double[][] outputs =
        removal.read(
            ReadOut.LOGIT,
            noise.length,
            i -> {
              double[] picture = removal.picture(i);
              return (k, target) -> Arrays.setAll(target, p -> picture[p] - noise[k][p]);
            });
    for (int i = 0; i < outputs.length; i++) {
      double[] own = outputs[i];
      double base = clean[i];
      Arrays.setAll(own, k -> base - own[k]);
    }
    return outputs;
  }

  /** The product of each example's attribution and each noise. */
  static double[][] products(Evaluation evaluation, double[][] noise) {
    return Arrays.stream(Maps.rows(evaluation.attributions()))
        .map(map -> Arrays.stream(noise).mapToDouble(one -> Vectors.dot(map, one)).toArray())
        .toArray(double[][]::new);
  }

  double[] infidelities(double[][] predicted, double[][] drops) {
    double[] values = new double[drops.length];
    Arrays.setAll(values, i -> infidelity(predicted[i], drops[i]));
    return values;
  }

  private double infidelity(double[] predicted, double[] drops) {
    double square = Vectors.dot(predicted, predicted);
    double best = square == 0 ? 0 : Vectors.dot(predicted, drops) / square;
    double factor = scaled ? best : 1;
    double sum = 0;
    for (int k = 0; k < drops.length; k++) {
      double error = factor * predicted[k] - drops[k];
      sum += error * error;
    }
    return sum / drops.length;
  }
}

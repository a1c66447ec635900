package org.explain4j.metrics.faithfulness;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.explain4j.api.Extension;
import org.explain4j.api.Metric;
import org.explain4j.metrics.features.Maps;
import org.explain4j.metrics.features.Order;
import org.explain4j.metrics.features.Pixels;
import org.explain4j.network.Classifier;

/**
 * Remove and debias (Rong et al. 2022, arXiv 2202.00449): shares of the pixels are imputed from
 * their neighbours and get a little noise, so that no edge tells where they were. Whether the
 * explained class is still predicted is read after the most and after the least relevant were
 * removed.
 *
 * <p>Curves {@code morf} and {@code lerf} over the share removed; scores {@code morf-accuracy},
 * lower is better, and {@code lerf-accuracy}, higher is better: their means over the shares. With
 * another read-out its word stands in place of {@code accuracy}.
 *
 * @param shares of the pixels that are removed, each above 0 and below 1
 * @param noise standard deviation of what is added to imputed pixels
 * @param readOut of the network
 * @param seed of the noise, at least 1
 */
public record Road(List<Double> shares, double noise, ReadOut readOut, long seed)
    implements Metric {
  /** 0.3 of 10 is 3, although 0.3 * 10 may be less. */
  private static final double ROUNDING = 1e-9;

  public Road() {
    this(List.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9), 0.01, ReadOut.HIT, 1);
  }

  public Road {
    shares = List.copyOf(shares);
    Extension.requireCount("number of shares", shares.size());
    shares.forEach(FaithfulnessCorrelation::requireShare);
    Extension.requireSeed(seed);
    if (!(noise >= 0)) {
      throw new IllegalArgumentException("The noise (" + noise + ") must be at least 0.");
    }
  }

  @Override
  public String id() {
    return "road";
  }

  @Override
  public String summary() {
    return "Accuracy while pixels are imputed from their neighbours (Rong et al. 2022)";
  }

  @Override
  public String family() {
    return "faithfulness";
  }

  @Override
  public Cost cost(Classifier classifier) {
    return new Cost(2.0 * shares.size(), 0);
  }

  @Override
  public List<Result> baseline(Images images) {
    return Maps.random(this, images, Maps.COSTLY_SEEDS).toList();
  }

  @Override
  public Result evaluate(Evaluation evaluation) {
    Removal removal = Removal.ofPixels(evaluation.images());
    double[][] sums = removal.sums(evaluation);
    Fill drawn = i -> drawn(removal, i);
    double[][] morf = curves(removal, Removal.orders(sums, Order.DESCENDING), drawn);
    double[][] lerf = curves(removal, Removal.orders(sums, Order.ASCENDING), drawn);
    return new Result(
        List.of(
            score("morf-", Direction.LOWER_IS_BETTER, morf),
            score("lerf-", Direction.HIGHER_IS_BETTER, lerf)),
        List.of(curve("morf", morf), curve("lerf", lerf)));
  }

  private Score score(String order, Direction direction, double[][] curves) {
    String word = readOut == ReadOut.HIT ? "accuracy" : readOut.word();
    return Curves.score(order + word, direction, readOut, Curves.each(curves, Curves::mean));
  }

  private Curve curve(String name, double[][] curves) {
    double[] x = shares.stream().mapToDouble(share -> share).toArray();
    String label = readOut == ReadOut.HIT ? "accuracy" : readOut.label();
    return new Curve(name, "share of pixels imputed", label, x, curves);
  }

  private double[] drawn(Removal removal, int example) {
    SplittableRandom random = removal.examples().random(example, seed, 0);
    double[] drawn = new double[removal.examples().size()];
    Arrays.setAll(drawn, i -> noise * random.nextGaussian());
    return drawn;
  }

  /**
   * @param noise added to a pixel whenever it is imputed
   */
  double[][] curves(Removal removal, int[][] orders, Fill noise) {
    IntFunction<Variation> imputed =
        i -> {
          double[] picture = removal.picture(i);
          double[] drawn = noise.of(i);
          return (k, target) -> {
            int count = (int) Math.floor(shares.get(k) * orders[i].length + ROUNDING);
            int[] missing = Arrays.copyOf(orders[i], count);
            impute(removal.pixels(), missing, picture, drawn, target);
          };
        };
    return removal.read(readOut, shares.size(), imputed);
  }

  static void impute(
      Pixels pixels, int[] missing, double[] picture, double[] noise, double[] target) {
    System.arraycopy(picture, 0, target, 0, picture.length);
    new Imputation(pixels, missing).impute(target);
    for (int channel = 0; channel < pixels.channels(); channel++) {
      for (int pixel : missing) {
        int place = channel * pixels.count() + pixel;
        target[place] += noise[place];
      }
    }
  }
}

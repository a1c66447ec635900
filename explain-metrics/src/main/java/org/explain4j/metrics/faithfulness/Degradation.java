package org.explain4j.metrics.faithfulness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.explain4j.api.Metric;
import org.explain4j.metrics.faithfulness.Replacement.With;
import org.explain4j.metrics.features.Order;
import org.explain4j.metrics.features.Pixels;
import org.explain4j.network.Classifier;

/**
 * Image degradation (Samek et al. 2017; Kindermans et al., section 5.2 and Fig. 4a): the image is
 * cut into patches, each scored by the sum of the attribution over its pixels and channels. In step
 * n the first n patches are replaced by their own mean per colour channel, and the soft-max
 * probability of the explained class is measured. Step 0 is the clean image.
 *
 * <p>Curves {@code morf} (most relevant first) and {@code lerf} (least relevant first). Scores per
 * example, means over steps 0 to N:
 *
 * <ul>
 *   <li>{@code mean-probability}: mean of MoRF, lower is better;
 *   <li>{@code aopc}: mean of {@code p(0) - p(n)} along MoRF (Samek et al., Eq. 12), higher is
 *       better;
 *   <li>{@code area-between}: mean of {@code LeRF(n) - MoRF(n)}, higher is better;
 *   <li>{@code mean-probability-16-percent}: mean of MoRF over only the first 16 % of the image's
 *       patches, rounded. This is the paper's share: 100 of the 625 patches of 9 x 9 in 224 x 224.
 *       If {@code steps} is smaller, there is no such score, and the notes say so.
 * </ul>
 *
 * <p>The baseline removes patches in random orders, one per seed.
 *
 * <p>With another read-out, its word takes the place of <i>probability</i>. With another
 * replacement than the patches' own means this is region perturbation as in Samek et al., who draw
 * noise.
 *
 * @param patch side of a patch in pixels
 * @param steps largest number of patches removed; an image with fewer patches is removed entirely
 * @param replacement of a patch's pixels
 * @param readOut of the network
 * @param randomSeeds number of random orders of the baseline
 * @param seed of the first random order, at least 1
 */
public record Degradation(
    int patch, int steps, Replacement replacement, ReadOut readOut, int randomSeeds, long seed)
    implements Metric {
  private static final double PAPER_SHARE = 100 / 625.0;

  /** The paper's 9 x 9 patches and 100 steps. */
  public Degradation() {
    this(9, 100);
  }

  /** Other patches than the paper's. */
  public Degradation(int patch, int steps) {
    this(patch, steps, new Replacement(With.OWN_MEAN), ReadOut.PROBABILITY, 20, 1);
  }

  public Degradation {
    if (patch < 1 || steps < 1 || randomSeeds < 1 || seed < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Degradation's patch (%d), steps (%d), random-seeds (%d) and seed (%d) must all be at"
                  + " least 1.",
              patch,
              steps,
              randomSeeds,
              seed));
    }
  }

  @Override
  public String id() {
    return "degradation";
  }

  @Override
  public String summary() {
    return "Class probability while the most relevant patches are removed (Samek et al. 2017)";
  }

  @Override
  public String family() {
    return "degradation";
  }

  @Override
  public Cost cost(Classifier classifier) {
    return new Cost(2.0 * (steps(grid(classifier)) + 1), 0);
  }

  @Override
  public Result evaluate(Evaluation evaluation) {
    grid(evaluation.classifier());
    Removal removal = Removal.ofPatches(evaluation.images(), patch);
    double[][] sums = removal.sums(evaluation);
    double[][] morf = curves(removal, Removal.orders(sums, Order.DESCENDING));
    double[][] lerf = curves(removal, Removal.orders(sums, Order.ASCENDING));
    List<Score> scores = new ArrayList<>(scores(evaluation.classifier(), morf));
    double[] between = Curves.each(Curves.difference(lerf, morf), Curves::mean);
    scores.add(Curves.score("area-between", Direction.HIGHER_IS_BETTER, readOut, between));
    return new Result(scores, List.of(curve("morf", morf), curve("lerf", lerf)));
  }

  @Override
  public List<Result> baseline(Images images) {
    Removal removal = Removal.ofPatches(images, patch);
    int patches = grid(images.classifier()).count();
    List<Result> seeds = new ArrayList<>();
    for (int s = 0; s < randomSeeds; s++) {
      long own = seed + s;
      int[][] orders =
          IntStream.range(0, removal.count())
              .mapToObj(i -> randomOrder(removal.picture(i), own, patches))
              .toArray(int[][]::new);
      double[][] morf = curves(removal, orders);
      seeds.add(new Result(scores(images.classifier(), morf), List.of(curve("morf", morf))));
    }
    return seeds;
  }

  @Override
  public Map<String, String> notes(Classifier classifier) {
    PatchGrid grid = grid(classifier);
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("patch", String.format(Locale.ROOT, "%d x %d pixels", patch, patch));
    notes.put(
        "patches",
        String.format(Locale.ROOT, "%d x %d = %d", grid.rows(), grid.columns(), grid.count()));
    if (grid.ragged()) {
      notes.put(
          "ragged patches",
          String.format(
              Locale.ROOT,
              "%d does not divide the image (%d x %d): the last row and column of patches are smaller",
              patch,
              grid.pixels().height(),
              grid.pixels().width()));
    }
    notes.put("steps", String.format(Locale.ROOT, "%d", steps(grid)));
    notes.put("paper's share", paperShareNote(grid));
    if (steps > grid.count()) {
      notes.put(
          "steps capped",
          String.format(
              Locale.ROOT,
              "%d steps were requested, but there are only %d patches",
              steps,
              grid.count()));
    }
    notes.put(
        "random orders",
        String.format(
            Locale.ROOT, "%d, seeds %d to %d", randomSeeds, seed, seed + randomSeeds - 1));
    return notes;
  }

  private int steps(PatchGrid grid) {
    return Math.min(steps, grid.count());
  }

  private double[][] curves(Removal removal, int[][] orders) {
    int[] counts = IntStream.rangeClosed(0, steps(grid(removal.images().classifier()))).toArray();
    return removal.curve(readOut, replacement, orders, counts);
  }

  private PatchGrid grid(Classifier classifier) {
    if (classifier.inputShape().size() != 3) {
      throw new IllegalArgumentException(
          "Degradation needs images of shape [c,h,w], but the network takes "
              + classifier.inputShape()
              + ".");
    }
    return PatchGrid.of(Pixels.of(classifier), patch);
  }

  /**
   * Depends only on the image and the seed, not on the batch that the image is in. The project's
   * other draws are made by Shuffle; this one stays, so the random baseline's scores do.
   */
  private static int[] randomOrder(double[] image, long seed, int count) {
    long hash = seed;
    for (double pixel : image) {
      hash = 31 * hash + Double.hashCode(pixel);
    }
    SplittableRandom random = new SplittableRandom(hash);
    int[] order = IntStream.range(0, count).toArray();
    for (int i = count - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
    return order;
  }

  /** The scores that need only the MoRF curve. */
  private List<Score> scores(Classifier classifier, double[][] morf) {
    PatchGrid grid = grid(classifier);
    String mean = "mean-" + readOut.word();
    Score whole =
        Curves.score(mean, Direction.LOWER_IS_BETTER, readOut, Curves.each(morf, Curves::mean));
    Score aopc =
        Curves.score(
            "aopc", Direction.HIGHER_IS_BETTER, readOut, Curves.each(morf, Curves::meanDrop));
    int share = paperShare(grid);
    if (share > steps(grid)) {
      return List.of(whole, aopc);
    }
    double[] first = Curves.each(morf, curve -> Curves.mean(Arrays.copyOf(curve, share + 1)));
    return List.of(
        whole, Curves.score(mean + "-16-percent", Direction.LOWER_IS_BETTER, readOut, first), aopc);
  }

  /** Number of patches that are 16 % of the image's, at least 1. */
  private static int paperShare(PatchGrid grid) {
    return Math.max(1, (int) Math.round(PAPER_SHARE * grid.count()));
  }

  private String paperShareNote(PatchGrid grid) {
    int share = paperShare(grid);
    String note =
        String.format(
            Locale.ROOT,
            "Fig. 4a removes 100 of 625 patches, 16 %%: here %d of %d",
            share,
            grid.count());
    return share > steps(grid)
        ? note + ", which is beyond the steps: no mean-probability-16-percent"
        : note;
  }

  private Curve curve(String name, double[][] values) {
    double[] x = IntStream.range(0, values[0].length).asDoubleStream().toArray();
    return new Curve(name, "patches replaced", readOut.label(), x, values);
  }
}

package org.explain4j.metrics.degradation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.explain4j.api.Metric;
import org.explain4j.network.Classifier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

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
 * @param patch side of a patch in pixels
 * @param steps largest number of patches removed; an image with fewer patches is removed entirely
 * @param randomSeeds number of random orders of the baseline
 * @param seed of the first random order, at least 1
 * @param batch number of images per forward pass
 */
public record Degradation(int patch, int steps, int randomSeeds, long seed, int batch)
    implements Metric {
  private static final double PAPER_SHARE = 100 / 625.0;

  /** The paper's 9 x 9 patches and 100 steps. */
  public Degradation() {
    this(9, 100, 20, 1, 50);
  }

  public Degradation {
    if (patch < 1 || steps < 1 || randomSeeds < 1 || seed < 1 || batch < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Degradation's patch (%d), steps (%d), random-seeds (%d), seed (%d) and batch (%d) must"
                  + " all be at least 1.",
              patch,
              steps,
              randomSeeds,
              seed,
              batch));
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
  public Result evaluate(Evaluation evaluation) {
    double[][] images = rows(evaluation.inputs());
    double[][] attributions = rows(evaluation.attributions());
    PatchGrid grid = grid(evaluation.classifier());
    int[][] descending = new int[images.length][];
    int[][] ascending = new int[images.length][];
    for (int i = 0; i < images.length; i++) {
      double[] scores = grid.scores(attributions[i]);
      requireNumbers(scores, i);
      descending[i] = PatchGrid.descending(scores);
      ascending[i] = PatchGrid.ascending(scores);
    }
    Run run = new Run(evaluation.classifier(), evaluation.inputs().dataType(), grid, images);
    double[][] morf = curves(run, evaluation.classes(), descending);
    double[][] lerf = curves(run, evaluation.classes(), ascending);
    List<Score> scores = new ArrayList<>(scores(grid, morf));
    scores.add(score("area-between", Direction.HIGHER_IS_BETTER, subtract(lerf, morf)));
    return new Result(scores, List.of(curve("morf", morf), curve("lerf", lerf)));
  }

  @Override
  public List<Result> baseline(Classifier classifier, INDArray inputs, int[] classes) {
    double[][] images = rows(inputs);
    Run run = new Run(classifier, inputs.dataType(), grid(classifier), images);
    List<Result> seeds = new ArrayList<>();
    for (int s = 0; s < randomSeeds; s++) {
      int[][] orders = new int[images.length][];
      for (int i = 0; i < images.length; i++) {
        orders[i] = randomOrder(images[i], seed + s, run.grid.count());
      }
      double[][] morf = curves(run, classes, orders);
      seeds.add(new Result(scores(run.grid, morf), List.of(curve("morf", morf))));
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
              grid.height(),
              grid.width()));
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

  /** What curves are measured on; images are {@code [n][c*h*w]}. */
  private record Run(Classifier classifier, DataType type, PatchGrid grid, double[][] images) {}

  private int steps(PatchGrid grid) {
    return Math.min(steps, grid.count());
  }

  private double[][] curves(Run run, int[] classes, int[][] orders) {
    int last = steps(run.grid);
    double[][] curves = new double[run.images.length][last + 1];
    ProbabilityQueue queue = new ProbabilityQueue(run.classifier, run.type, run.grid, batch);
    for (int i = 0; i < curves.length; i++) {
      double[] image = run.images[i].clone();
      queue.add(image, classes[i], curves[i], 0);
      for (int step = 1; step <= last; step++) {
        run.grid.flatten(image, orders[i][step - 1]);
        queue.add(image, classes[i], curves[i], step);
      }
    }
    queue.flush();
    return curves;
  }

  private PatchGrid grid(Classifier classifier) {
    List<Long> shape = classifier.inputShape();
    if (shape.size() != 3) {
      throw new IllegalArgumentException(
          "Degradation needs images of shape [c,h,w], but the network takes " + shape + ".");
    }
    ToIntFunction<Integer> size = i -> Math.toIntExact(shape.get(i));
    return new PatchGrid(size.applyAsInt(0), size.applyAsInt(1), size.applyAsInt(2), patch);
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

  private static void requireNumbers(double[] scores, int example) {
    for (int p = 0; p < scores.length; p++) {
      if (!Double.isFinite(scores[p])) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "The attribution of example %d is not finite in patch %d (sum %s).",
                example,
                p,
                scores[p]));
      }
    }
  }

  private static double[][] rows(INDArray examples) {
    int n = (int) examples.size(0);
    double[] all = examples.dup('c').data().asDouble();
    int length = all.length / Math.max(1, n);
    return IntStream.range(0, n)
        .mapToObj(i -> Arrays.copyOfRange(all, i * length, (i + 1) * length))
        .toArray(double[][]::new);
  }

  /** The scores that need only the MoRF curve. */
  private List<Score> scores(PatchGrid grid, double[][] morf) {
    Score whole = score("mean-probability", Direction.LOWER_IS_BETTER, morf);
    int share = paperShare(grid);
    if (share > steps(grid)) {
      return List.of(whole, aopc(morf));
    }
    double[][] first =
        Arrays.stream(morf).map(c -> Arrays.copyOf(c, share + 1)).toArray(double[][]::new);
    return List.of(
        whole, score("mean-probability-16-percent", Direction.LOWER_IS_BETTER, first), aopc(morf));
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

  private static Score aopc(double[][] morf) {
    double[][] drops = new double[morf.length][];
    for (int i = 0; i < morf.length; i++) {
      double clean = morf[i][0];
      drops[i] = Arrays.stream(morf[i]).map(p -> clean - p).toArray();
    }
    return score("aopc", Direction.HIGHER_IS_BETTER, drops);
  }

  private static Score score(String name, Direction direction, double[][] curves) {
    double[] means =
        Arrays.stream(curves).mapToDouble(c -> Arrays.stream(c).average().orElseThrow()).toArray();
    return new Score(name, direction, means);
  }

  private static double[][] subtract(double[][] a, double[][] b) {
    double[][] difference = new double[a.length][];
    for (int i = 0; i < a.length; i++) {
      int row = i;
      difference[i] =
          IntStream.range(0, a[i].length).mapToDouble(p -> a[row][p] - b[row][p]).toArray();
    }
    return difference;
  }

  private static Curve curve(String name, double[][] values) {
    double[] x = IntStream.range(0, values[0].length).asDoubleStream().toArray();
    return new Curve(name, "patches replaced", "probability of the class", x, values);
  }
}

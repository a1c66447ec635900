package org.explain4j.datasets.generated;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.explain4j.api.Dataset;
import org.explain4j.api.DatasetProvider;
import org.explain4j.api.Extension;
import org.explain4j.network.files.Checksum;

/**
 * Grey images {@code [1,side,side]} of two classes whose difference is known, with masks of where
 * it is: the kinds of XAI-TRIS (Clark et al. 2023, arXiv 2306.12816) and the linear toy (Kindermans
 * et al. 2018, arXiv 1705.05598, Eq. 3) as images.
 *
 * <p>With shapes a of 4 (side/8)^2 pixels and background b, both of squared length 1 (on average),
 * an image is s a + (1 - s) b; for the kind {@code multiplicative} it is (1 - s m) b, where m is 1
 * on the shape and 0 elsewhere. The mask is the shape that is there for {@code rigid}; for the
 * other shapes it is both, because where none is says as much as where one is. For {@code
 * distractors} it is where the blob has at least a quarter of its largest value.
 *
 * <p>Pixels are 1/2 + x / (2 m), with one m for all: the signal's largest value and 4.5 standard
 * deviations of the noise. What exceeds it, less than one value in 100,000, is clipped. Half of the
 * images are of each class. Images are made when they are asked for; none is in both splits.
 *
 * @param kind how the class shows in an image
 * @param background the noise
 * @param side of an image in pixels, a multiple of 8
 * @param signal its strength s, between 0 and 1; left out, one at which small networks learn much,
 *     but not all, if the side is 8
 * @param train number of training images
 * @param test number of test images
 * @param seed of all random numbers, at least 1
 */
public record GroundTruth(
    Kind kind,
    Background background,
    int side,
    Optional<Double> signal,
    int train,
    int test,
    long seed)
    implements DatasetProvider {
  /** How many images of each split the fingerprint is of, besides the settings. */
  private static final int CHECKED = 4;

  public GroundTruth() {
    this(Kind.LINEAR, Background.CORRELATED, Background.UNIT, Optional.empty(), 4000, 1000, 1);
  }

  public GroundTruth {
    if (side < Background.UNIT || side % Background.UNIT != 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The side (%d) must be a multiple of 8.\nMaybe set dataset.ground-truth.side to %d.",
              side,
              Background.UNIT * Math.max(1, Math.round((float) side / Background.UNIT))));
    }
    if (signal.isPresent() && !(signal.get() > 0 && signal.get() < 1)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The signal (%s) must be above 0 and below 1.\n"
                  + "Maybe set dataset.ground-truth.signal to %s.",
              signal.get(),
              kind.usualSignal(background)));
    }
    Extension.requireCount("train", train);
    Extension.requireCount("test", test);
    Extension.requireSeed(seed);
  }

  @Override
  public String id() {
    return "ground-truth";
  }

  @Override
  public String summary() {
    return "Generated images whose class signal is known, with masks (XAI-TRIS, Clark et al. 2023)";
  }

  @Override
  public Dataset open(Path base) {
    double strength = signal.orElse(kind.usualSignal(background));
    Recipe recipe = Recipe.of(kind, background.filter(side), strength, seed);
    GeneratedSplit first = new GeneratedSplit(recipe, "train", train, side, seed, 0);
    GeneratedSplit second = new GeneratedSplit(recipe, "test", test, side, seed, 1);
    return new Dataset(
        String.format(Locale.ROOT, "ground-truth %s, %s (%d + %d)", kind, background, train, test)
            .toLowerCase(Locale.ROOT),
        List.of(1L, (long) side, (long) side),
        kind.classNames(),
        first,
        second,
        Checksum.sha256().item(toString()).item(sample(first)).item(sample(second)).hex());
  }

  private static String sample(GeneratedSplit split) {
    int[] first = IntStream.range(0, Math.min(split.size(), CHECKED)).toArray();
    return Arrays.toString(split.inputs(first).ravel().toFloatVector())
        + Arrays.toString(split.masks(first).orElseThrow().ravel().toFloatVector());
  }
}

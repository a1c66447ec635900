package org.explain4j.metrics.faithfulness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.explain4j.metrics.features.Pixels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImputationTest {
  /** The mean of its two known neighbours on a line, whatever lies beyond the missing ones. */
  @Test
  void anImageThatIsLinearIsImputedAsItWas() {
    Pixels pixels = new Pixels(1, 6, 7);
    double[] image = new double[42];
    Arrays.setAll(image, i -> 3 + 2 * (i / 7) - 0.5 * (i % 7));
    double[] target = image.clone();
    int[] missing = {8, 9, 10, 15, 16, 17, 23, 24, 30};
    for (int pixel : missing) {
      target[pixel] = -100;
    }
    new Imputation(pixels, missing).impute(target);
    assertThat(target).containsExactly(image, within(1e-9));
  }

  /** Of random pixels, in random order, so that runs of missing ones reach the edges. */
  @ParameterizedTest
  @ValueSource(doubles = {0.02, 0.3, 0.7, 0.97})
  void bothSolversSolveTheSameSystem(double share) {
    Pixels pixels = new Pixels(1, 23, 17);
    SplittableRandom random = new SplittableRandom(5);
    int[] all = IntStream.range(0, pixels.count()).toArray();
    for (int i = all.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = all[i];
      all[i] = all[j];
      all[j] = kept;
    }
    int[] missing = Arrays.copyOf(all, (int) (share * all.length));
    Imputation imputation = new Imputation(pixels, missing);
    double[] sums = random.doubles(missing.length).toArray();
    double[] exact = imputation.factored(pixels.width() + 1).apply(sums.clone());
    double[] approached = imputation.conjugateGradients(sums.clone());
    assertThat(approached).containsExactly(exact, within(1e-8));
  }

  @Test
  void channelsAreImputedApart() {
    Pixels colour = new Pixels(3, 5, 4);
    Pixels grey = new Pixels(1, 5, 4);
    double[] image = new SplittableRandom(2).doubles(60).toArray();
    int[] missing = {7, 2, 6, 3};
    double[] together = image.clone();
    new Imputation(colour, missing).impute(together);
    for (int c = 0; c < 3; c++) {
      double[] alone = Arrays.copyOfRange(image, 20 * c, 20 * c + 20);
      new Imputation(grey, missing).impute(alone);
      assertThat(Arrays.copyOfRange(together, 20 * c, 20 * c + 20)).containsExactly(alone);
    }
  }

  @Test
  void nothingMissingChangesNothing() {
    double[] image = {1, 2, 3, 4};
    new Imputation(new Pixels(1, 2, 2), new int[0]).impute(image);
    assertThat(image).containsExactly(1, 2, 3, 4);
  }

  /** Its factor would not fit: the other solver takes it. */
  @Test
  void aLargeImageIsImputed() {
    Pixels pixels = new Pixels(1, 224, 224);
    double[] image = new double[224 * 224];
    Arrays.setAll(image, i -> Math.floorDiv(i, 224) + 2.0 * (i % 224));
    int[] missing =
        IntStream.range(0, image.length)
            .filter(i -> i / 224 > 40 && i / 224 < 190 && i % 224 > 40 && i % 224 < 190)
            .toArray();
    double[] target = image.clone();
    for (int pixel : missing) {
      target[pixel] = 0;
    }
    new Imputation(pixels, missing).impute(target);
    assertThat(target).containsExactly(image, within(1e-6));
  }
}

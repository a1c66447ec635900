package org.explain4j.datasets.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackgroundTest {

  /** Signal and background have squared length 1, on average, whatever the side. */
  @ParameterizedTest
  @CsvSource({"WHITE, 8", "CORRELATED, 8", "CORRELATED, 16"})
  void backgroundsHaveLengthOne(Background background, int side) {
    double[][] filter = background.filter(side);
    SplittableRandom random = new SplittableRandom(1);
    double sum = 0;
    for (int i = 0; i < 2000; i++) {
      sum += Arrays.stream(Background.draw(filter, random)).map(v -> v * v).sum();
    }
    assertThat(sum / 2000).isCloseTo(1, within(0.05));
  }
}

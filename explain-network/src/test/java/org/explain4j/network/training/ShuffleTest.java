package org.explain4j.network.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ShuffleTest {
  @Test
  void theSplitsOfPublishedRunsAreDrawnAgain() {
    assertThat(Shuffle.order(10, new SplittableRandom(1)))
        .containsExactly(5, 4, 7, 8, 2, 0, 9, 1, 6, 3);
  }

  @Test
  void everyNumberIsThereOnce() {
    int[] order = Shuffle.order(1000, new SplittableRandom(2));
    assertThat(IntStream.of(order).sorted())
        .containsExactlyElementsOf(IntStream.range(0, 1000).boxed().toList());
    assertThat(Shuffle.order(0, new SplittableRandom(2))).isEmpty();
  }

  @Test
  void everyPlaceIsAsLikely() {
    SplittableRandom random = new SplittableRandom(3);
    int[] first = new int[5];
    for (int draw = 0; draw < 5000; draw++) {
      first[Shuffle.order(5, random)[0]]++;
    }
    assertThat(IntStream.of(first)).allMatch(count -> count > 850 && count < 1150);
  }
}

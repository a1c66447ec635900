package org.explain4j.experiments.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CombinationTest {
  private static Map<String, List<String>> matrix(Object... axes) {
    Map<String, List<String>> matrix = new LinkedHashMap<>();
    for (int i = 0; i < axes.length; i += 2) {
      matrix.put((String) axes[i], List.of(((String) axes[i + 1]).split(" ")));
    }
    return matrix;
  }

  @Test
  void everyCombinationOfTheValuesTheLastKeyFastest() {
    List<Combination> all = Combination.of(matrix("dataset.toy.kind", "linear xor", "seed", "1 2"));
    assertThat(all)
        .extracting(Combination::label)
        .containsExactly(
            "kind=linear, seed=1", "kind=linear, seed=2", "kind=xor, seed=1", "kind=xor, seed=2");
    assertThat(all.get(2).settings())
        .containsExactly("dataset.toy.kind=xor", "seed=1", "matrix={}");
  }

  @Test
  void keysThatEndAlikeAreNamedInFull() {
    assertThat(Combination.of(matrix("metrics.0.road.seed", "1", "seed", "2")))
        .extracting(Combination::label)
        .containsExactly("metrics.0.road.seed=1, seed=2");
  }

  @Test
  void aKeyWithoutValuesOrWithOneTwiceIsRefused() {
    assertThatThrownBy(() -> Combination.of(Map.of("seed", List.of())))
        .hasMessage("The matrix needs at least one value of 'seed', and each once, not [].");
    assertThatThrownBy(() -> Combination.of(matrix("seed", "1 1"))).hasMessageContaining("[1, 1]");
  }

  @Test
  void moreRunsThanAnybodyWaitsForAreRefused() {
    List<String> many = IntStream.range(0, 40).mapToObj(String::valueOf).toList();
    assertThatThrownBy(() -> Combination.of(Map.of("a", many, "b", many)))
        .hasMessage("The matrix has more than 1000 combinations of values.");
  }
}

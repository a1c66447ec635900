package org.explain4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.util.CollectionAccumulator;
import org.explain4j.experiments.configuration.ConfigurationException;
import org.junit.jupiter.api.Test;

class TaskFailuresTest {
  private final TaskFailures failures = new TaskFailures(new CollectionAccumulator<>());

  @Test
  void resultsPass() throws IOException {
    Iterator<Integer> results = failures.orNothing(() -> List.of(1, 2).iterator());
    assertThat(results).toIterable().containsExactly(1, 2);
    assertThatCode(failures::check).doesNotThrowAnyException();
  }

  @Test
  void whatManyTasksSayIsSaidOnceAndTheyAreNotTriedAgain() {
    for (int task = 0; task < 4; task++) {
      Iterator<Integer> none =
          failures.orNothing(
              () -> {
                throw new IOException("x.npy: there is no such file.");
              });
      assertThat(none).isExhausted();
    }
    assertThatThrownBy(failures::check)
        .isInstanceOf(IOException.class)
        .hasMessageMatching("x\\.npy: there is no such file\\.\nIt failed on .+\\.");
  }

  @Test
  void differentFailuresAreAllSaid() {
    failures.orNothing(
        () -> {
          throw new ConfigurationException("batch", "is too large for this machine");
        });
    failures.orNothing(
        () -> {
          throw new IOException("y.npy is truncated.");
        });
    assertThatThrownBy(failures::check)
        .hasMessageContaining("batch: is too large for this machine")
        .hasMessageContaining("y.npy is truncated.");
  }

  @Test
  void whateverElseFailsIsForSparkToTryAgain() {
    assertThatThrownBy(
            () ->
                failures.orNothing(
                    () -> {
                      throw new IllegalStateException("the machine is on fire");
                    }))
        .isInstanceOf(IllegalStateException.class);
  }
}

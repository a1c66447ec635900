package org.explain4j.models.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class DamageTest {

  @Test
  void aFileThatAsksForMoreMemoryThanThereIsIsNamedAndNotTheRun() {
    IOException damage = Damage.of("a.h5", "Keras", new OutOfMemoryError("Java heap space"));
    assertThat(damage)
        .hasMessageStartingWith("a.h5: not in Keras format, damaged, or larger")
        .hasMessageContaining("Java heap space")
        .hasMessageContaining("EXPLAIN4J_HEAP")
        .hasNoCause(); // commands report memory at the root as their own, without the file
  }

  @Test
  void aFileThatNestsTooDeeplyIsToldSo() {
    assertThat(Damage.of("a.h5", "Keras", new StackOverflowError()))
        .hasMessage("a.h5: not in Keras format, or damaged: it nests too deeply");
  }

  @Test
  void anErrorWhoseMessageIsForProgrammersSaysWhatItMeans() {
    assertThat(Damage.of("a.onnx", "ONNX", new NullPointerException()))
        .hasMessage("a.onnx: not in ONNX format, or damaged: a value is missing");
  }
}

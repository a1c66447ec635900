package org.explain4j.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PreprocessingTest {

  @Test
  void scalesThenSubtractsTheMeanAndDividesByTheDeviationOfEachChannel() {
    INDArray pixels = Nd4j.createFromArray(new float[] {0.5f, 1f}).reshape(1, 2, 1, 1);
    INDArray result =
        new Preprocessing(10, List.of(1.0, 2.0), List.of(2.0, 4.0), false).apply(pixels);
    assertThat(result.data().asFloat()).containsExactly(2f, 2f);
    assertThat(pixels.data().asFloat()).containsExactly(0.5f, 1f);
  }

  @Test
  void bgrReversesTheChannelsBeforeTheMean() {
    INDArray pixels = Nd4j.createFromArray(new float[] {1, 2, 3}).reshape(1, 3, 1, 1);
    INDArray result = new Preprocessing(1, List.of(1.0, 1.0, 1.0), List.of(), true).apply(pixels);
    assertThat(result.data().asFloat()).containsExactly(2f, 1f, 0f);
  }

  @Test
  void aDeviationOfZeroIsRefused() {
    assertThatThrownBy(() -> new Preprocessing(1, List.of(), List.of(0.0), false))
        .hasMessageContaining("0.0");
  }

  @Test
  void meansMustBeAsManyAsChannels() {
    assertThatThrownBy(() -> Preprocessing.torch().apply(Nd4j.ones(2, 1, 4, 4)))
        .hasMessageContaining("3 means")
        .hasMessageContaining("1 channels");
  }
}

package org.explain4j.network.arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.explain4j.network.Convolution;
import org.explain4j.network.Window;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class BuffersTest {
  private static final long LARGE = 6_000_017; // 24 MB, a length nothing else uses

  @Test
  void largeMemoryIsTakenUpAgainInAnotherShape() {
    INDArray first = Buffers.uninitialized(DataType.FLOAT, LARGE);
    long address = Buffers.address(first);
    Buffers.release(first);
    INDArray second = Buffers.uninitialized(DataType.FLOAT, 1, LARGE);
    assertThat(Buffers.address(second)).isEqualTo(address);
    INDArray third = Buffers.uninitialized(DataType.FLOAT, LARGE);
    assertThat(Buffers.address(third)).isNotEqualTo(address);
    second.assign(1);
    third.assign(2);
    assertThat(second.sumNumber().doubleValue()).isEqualTo(LARGE);
    Buffers.release(second);
    Buffers.release(third);
  }

  @Test
  void memoryThatIsGivenUpTwiceIsAnError() {
    INDArray array = Buffers.uninitialized(DataType.FLOAT, LARGE + 1);
    Buffers.release(array);
    assertThatThrownBy(() -> Buffers.release(array))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("twice");
  }

  @Test
  void smallMemoryIsFreed() {
    INDArray small = Buffers.uninitialized(DataType.FLOAT, 10);
    Buffers.release(small);
    assertThat(small.wasClosed()).isTrue();
  }

  @Test
  void manySingleImagesDoNotCrowdOutABatch() {
    INDArray batch = Buffers.uninitialized(DataType.FLOAT, LARGE);
    long address = Buffers.address(batch);
    Buffers.release(batch);
    for (int i = 0; i < 100; i++) { // together more than may be kept
      Buffers.release(Buffers.uninitialized(DataType.FLOAT, 64 * 224 * 224 + i));
    }
    batch = Buffers.uninitialized(DataType.FLOAT, LARGE);
    assertThat(Buffers.address(batch)).isEqualTo(address);
    Buffers.release(batch);
  }

  @Test
  void aPartOfALargerArrayIsNotKept() {
    INDArray whole = Buffers.uninitialized(DataType.FLOAT, 2, LARGE);
    INDArray part = whole.getRow(1);
    Buffers.release(part);
    assertThat(whole.wasClosed()).isFalse();
    Buffers.release(whole);
  }

  /** Between 1x1 windows two pixels apart, as in residual networks. */
  @Test
  void pixelsThatNoWindowCoversGetZeroWhateverTheirMemoryHeld() {
    long[] shape = {2, 4, 129, 129};
    Buffers.release(Buffers.uninitialized(DataType.FLOAT, shape).assign(Float.NaN));
    Convolution convolution =
        new Convolution(
            Nd4j.ones(DataType.FLOAT, 8, 4, 1, 1),
            Nd4j.zeros(DataType.FLOAT, 8),
            Window.square(1).stride(2));
    INDArray gradient = convolution.transpose(Nd4j.ones(DataType.FLOAT, 2, 8, 65, 65), shape);
    assertThat(gradient.getDouble(1, 3, 128, 128)).isEqualTo(8);
    assertThat(gradient.getDouble(1, 3, 127, 128)).isEqualTo(0);
    assertThat(gradient.sumNumber().doubleValue()).isEqualTo(2 * 4 * 65 * 65 * 8.0);
  }
}

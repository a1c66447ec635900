package org.explain4j.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Affine, slice, padding, crop, permutation, reshape, flatten, upsampling: small enough to check
 * entry by entry.
 */
class MovingLayersTest {

  static Stream<UnaryLayer> layers() {
    return Stream.of(
        new Affine(Nd4j.createFromArray(2.0, -3, 0.5), Nd4j.createFromArray(1.0, 0, -4)),
        new ChannelSlice(1, 3),
        new ZeroPad(1, 2, 3, 0),
        new ConstantPad(new ZeroPad(0, 1, 2, 3), -1.5),
        new Crop(1, 2, 0, 1),
        new Permute(List.of(2, 0, 1)),
        new ZeroStuff(2, 3),
        AveragePool.sum(Window.square(2), true),
        Resize.to(List.of(3L, 4L, 5L), 7, 9, Resize.Mode.LINEAR, Resize.Coordinates.HALF_PIXEL),
        new Reshape(List.of(5L, 2L, 6L)),
        new Flatten(),
        new Flatten(true));
  }

  /** f is affine, so {@code f(x + v) - f(x) = Jv} exactly, and {@code <g, Jv> = <J'g, v>}. */
  @ParameterizedTest
  @MethodSource("layers")
  void backwardIsTheTransposeOfForward(UnaryLayer layer) {
    INDArray x = random(1, 2, 3, 4, 5);
    INDArray v = random(2, 2, 3, 4, 5);
    INDArray y = layer.forward(x);
    INDArray g = random(3, y.shape());
    double forward = layer.forward(x.add(v)).sub(y).mul(g).sumNumber().doubleValue();
    double backward = layer.backward(x, y, g).mul(v).sumNumber().doubleValue();
    assertThat(backward).isCloseTo(forward, within(1e-9)).isNotZero();
    assertThat(layer.outputShapeOf(List.of(3L, 4L, 5L))).isEqualTo(Shapes.example(y));
  }

  @Test
  void flattenOfChannelsLastHasTheChannelAsFastestIndex() {
    INDArray x = random(4, 1, 3, 2, 2);
    INDArray flat = new Flatten(true).forward(x);
    assertThat(flat.getDouble(0, 2 * 3 + 1)).isEqualTo(x.getDouble(0, 1, 1, 0));
  }

  @Test
  void aCropIsTheReverseOfPaddingAndAPermutationMovesEachEntry() {
    INDArray x = random(5, 2, 3, 4, 5);
    assertThat(new Crop(1, 2, 3, 0).forward(new ZeroPad(1, 2, 3, 0).forward(x))).isEqualTo(x);
    INDArray permuted = new Permute(List.of(2, 0, 1)).forward(x);
    assertThat(permuted.shape()).containsExactly(2, 5, 3, 4);
    assertThat(permuted.getDouble(1, 4, 2, 3)).isEqualTo(x.getDouble(1, 2, 3, 4));
    assertThatThrownBy(() -> new Crop(2, 0, 2, 0).outputShapeOf(List.of(3L, 4L, 5L)))
        .hasMessageContaining("leaves nothing of [3, 4, 5]");
    assertThatThrownBy(() -> new Permute(List.of(0, 0, 1))).hasMessageContaining("[0, 0, 1]");
    assertThatThrownBy(() -> new Reshape(List.of(7L)).outputShapeOf(List.of(3L, 4L)))
        .hasMessageContaining("[3, 4] to [7]");
  }

  @Test
  void aConstantPadIsTheConstantOutsideAndTheImageInside() {
    INDArray x = random(6, 2, 3, 4, 5);
    INDArray padded = new ConstantPad(new ZeroPad(1, 2, 3, 0), 0.75).forward(x);
    assertThat(new Crop(1, 2, 3, 0).forward(padded)).isEqualTo(x);
    assertThat(padded.getDouble(1, 2, 0, 3)).isEqualTo(0.75);
    assertThat(padded.getDouble(0, 0, 7, 6)).isEqualTo(0.75);
    assertThat(padded.sumNumber().doubleValue())
        .isCloseTo(x.sumNumber().doubleValue() + 0.75 * 6 * (8 * 7 - 4 * 5), within(1e-9));
  }

  @Test
  void affineScalesAndShiftsEachChannel() {
    Affine affine = new Affine(Nd4j.createFromArray(2.0, -3), Nd4j.createFromArray(1.0, 5));
    INDArray vector = affine.forward(Nd4j.createFromArray(new double[][] {{10, 20}}));
    assertThat(vector.toDoubleVector()).containsExactly(21, -55);
    assertThatThrownBy(() -> affine.outputShapeOf(List.of(3L)))
        .hasMessageContaining("2 channels")
        .hasMessageContaining("[3]");
  }

  private static INDArray random(long seed, long... shape) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = random.doubles(Nd4j.create(shape).length()).toArray();
    return Nd4j.createFromArray(values).reshape('c', shape);
  }
}

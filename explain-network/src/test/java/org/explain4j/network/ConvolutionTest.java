package org.explain4j.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.explain4j.network.LayerTest.convolution;
import static org.explain4j.network.LayerTest.random;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Convolutions of several groups of channels. */
class ConvolutionTest {
  static Stream<Convolution> layers() {
    return LayerTest.windows().stream()
        .flatMap(
            window ->
                Stream.of(
                    convolution(6, 2, window, 3),
                    convolution(5, 1, window, 5),
                    convolution(6, 1, window, 3)));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void groupsAreConvolutionsOfTheirOwnChannels(Convolution whole) {
    INDArray input = random(2, whole.channels(), 11, 9);
    INDArray output = whole.forward(input);
    INDArray gradient = random(output.shape());
    INDArray down = whole.transpose(gradient, input.shape());
    INDArray weightGradient = whole.weightGradient(input, gradient);
    for (int g = 0; g < whole.groups(); g++) {
      Convolution part = whole.group(g);
      INDArray own = share(input, g, whole.groups());
      INDArray arrived = share(gradient, g, whole.groups());
      near(share(output, g, whole.groups()), part.forward(own));
      near(share(down, g, whole.groups()), part.transpose(arrived, own.shape()));
      INDArray sums = part.weightGradient(own, arrived);
      long from = g * part.neurons();
      near(weightGradient.get(NDArrayIndex.interval(from, from + part.neurons())), sums);
    }
  }

  private static INDArray share(INDArray images, int part, int of) {
    long each = images.size(1) / of;
    return new ChannelSlice(part * each, (part + 1) * each).forward(images);
  }

  private static void near(INDArray found, INDArray right) {
    assertThat(found.shape()).isEqualTo(right.shape());
    assertThat(found.distance2(right)).isLessThan(1e-10);
  }

  @Test
  void groupsThatDoNotDivideTheNeuronsOrChannelsAreRefused() {
    assertThatThrownBy(() -> convolution(5, 1, Window.square(1), 2))
        .hasMessage("2 groups do not fit weights [5, 1, 1, 1].");
    assertThatThrownBy(
            () -> convolution(4, 1, Window.square(1), 2).outputShapeOf(List.of(3L, 4L, 4L)))
        .hasMessage("A convolution with 2 input channels in 2 groups was given [3, 4, 4].");
  }
}

package org.explain4j.models.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.explain4j.network.Network;
import org.explain4j.network.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TransposedConvolutionTest {
  private static final SplittableRandom RANDOM = new SplittableRandom(11);

  static Stream<TransposedConvolution> convolutions() {
    return Stream.of(
        convolution(Window.square(3), 0, 0, 1),
        convolution(Window.square(2).stride(2), 0, 0, 1),
        convolution(Window.square(3).stride(2).pad(1), 1, 1, 1),
        convolution(Window.of(3, 2).stride(1, 3).pad(2, 1, 0, 0), 0, 2, 2),
        convolution(Window.square(3).dilation(2, 1).stride(2).pad(1), 0, 1, 1),
        convolution(Window.square(1).stride(2), 1, 0, 4),
        convolution(Window.square(2).pad(1), 0, 0, 1)); // crops more than it pads
  }

  private static TransposedConvolution convolution(Window window, int y, int x, int groups) {
    INDArray weights = random(4, 6 / Math.max(1, groups / 2), window.height(), window.width());
    return new TransposedConvolution(
        weights, random(weights.size(1) * groups), window, y, x, groups);
  }

  /** Each pixel adds its weights to the output, at its place times the stride. */
  @ParameterizedTest
  @MethodSource("convolutions")
  void everyPixelIsSpreadOverItsWindow(TransposedConvolution layer) {
    INDArray input = random(2, 4, 5, 3);
    GraphAssembly assembly = new GraphAssembly(List.of(4L, 5L, 3L));
    Network network = assembly.network(layer.addTo(assembly, "up", Network.INPUT));
    INDArray output = network.forward(input).logits();
    INDArray expected = spread(layer, input);
    assertThat(output.shape()).isEqualTo(expected.shape());
    assertThat(output.distance2(expected)).isLessThan(1e-5);
    assertThat(network.nodes().get(network.nodes().size() - 1).name()).isEqualTo("up");
  }

  private static INDArray spread(TransposedConvolution layer, INDArray input) {
    Window w = layer.window();
    long groups = layer.groups();
    long out = layer.weights().size(1);
    long height =
        (input.size(2) - 1) * w.strideY() + w.extentY() - w.top() - w.bottom() + layer.extraY();
    long width =
        (input.size(3) - 1) * w.strideX() + w.extentX() - w.left() - w.right() + layer.extraX();
    INDArray result =
        Nd4j.create(DataType.DOUBLE, new long[] {2, out * groups, height, width}, 'c');
    for (int n = 0; n < 2; n++) {
      for (long c = 0; c < out * groups; c++) {
        for (long y = 0; y < height; y++) {
          for (long x = 0; x < width; x++) {
            double sum = layer.bias().getDouble(c);
            for (long i = 0; i < 4 / groups; i++) {
              long from = c / out * (4 / groups) + i;
              for (int ky = 0; ky < w.height(); ky++) {
                for (int kx = 0; kx < w.width(); kx++) {
                  long py = y + w.top() - (long) ky * w.dilationY();
                  long px = x + w.left() - (long) kx * w.dilationX();
                  boolean hit =
                      Math.floorMod(py, w.strideY()) == 0 && Math.floorMod(px, w.strideX()) == 0;
                  py = Math.floorDiv(py, w.strideY());
                  px = Math.floorDiv(px, w.strideX());
                  if (hit && py >= 0 && px >= 0 && py < input.size(2) && px < input.size(3)) {
                    sum +=
                        input.getDouble(n, from, py, px)
                            * layer.weights().getDouble(from, c % out, ky, kx);
                  }
                }
              }
            }
            result.putScalar(new long[] {n, c, y, x}, sum);
          }
        }
      }
    }
    return result;
  }

  @Test
  void groupsThatDoNotFitAreRefused() {
    GraphAssembly assembly = new GraphAssembly(List.of(4L, 5L, 3L));
    TransposedConvolution layer =
        new TransposedConvolution(random(4, 2, 1, 1), random(6), Window.square(1), 0, 0, 3);
    assertThatThrownBy(() -> layer.addTo(assembly, "up", Network.INPUT))
        .hasMessageContaining("3 groups")
        .hasMessageContaining("[4, 2, 1, 1]");
  }

  private static INDArray random(long... shape) {
    double[] values = RANDOM.doubles(Nd4j.create(shape).length(), -1, 1).toArray();
    return Nd4j.createFromArray(values).reshape('c', shape);
  }
}

package org.explain4j.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.explain4j.network.Resize.Coordinates;
import org.explain4j.network.Resize.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Products, normalisations, resizing, norms: against plain loops, and at odd shapes and numbers.
 */
class GatingAndNormalisationTest {

  @Test
  void aProductRepeatsSizesOfOne() {
    INDArray image = random(1, 2, 3, 4, 5);
    INDArray gate = random(2, 2, 3, 1, 1);
    Product product = new Product();
    for (List<INDArray> inputs : List.of(List.of(image, gate), List.of(gate, image))) {
      INDArray output = product.forward(inputs);
      INDArray gradient = random(3, 2, 3, 4, 5);
      List<INDArray> back = product.backward(inputs, output, gradient);
      int own = inputs.get(0) == image ? 0 : 1;
      for (int n = 0; n < 2; n++) {
        for (int c = 0; c < 3; c++) {
          double sum = 0;
          for (int i = 0; i < 20; i++) {
            int y = i / 5;
            int x = i % 5;
            double factor = gate.getDouble(n, c, 0, 0);
            assertThat(output.getDouble(n, c, y, x))
                .isEqualTo(image.getDouble(n, c, y, x) * factor);
            assertThat(back.get(own).getDouble(n, c, y, x))
                .isEqualTo(gradient.getDouble(n, c, y, x) * factor);
            sum += gradient.getDouble(n, c, y, x) * image.getDouble(n, c, y, x);
          }
          assertThat(back.get(1 - own).getDouble(n, c, 0, 0)).isCloseTo(sum, within(1e-12));
        }
      }
      assertThat(back.get(1 - own).shape()).containsExactly(2, 3, 1, 1);
    }
  }

  @Test
  void productsOfInputsThatDoNotFitAreRefused() {
    Product product = new Product();
    assertThatThrownBy(() -> product.outputShape(List.of(List.of(3L, 4L, 5L), List.of(3L, 2L, 1L))))
        .hasMessage("Inputs of [3, 4, 5] and [3, 2, 1] do not fit: sizes must be equal or 1.");
    assertThatThrownBy(() -> product.outputShape(List.of(List.of(3L), List.of(3L, 1L, 1L))))
        .hasMessageContaining("do not fit");
    assertThatThrownBy(() -> product.outputShape(List.of(List.of(3L))))
        .hasMessageContaining("not 1");
    assertThat(product.outputShape(List.of(List.of(1L, 4L, 1L), List.of(3L, 1L, 5L))))
        .containsExactly(3L, 4L, 5L);
  }

  static Stream<Normalisation.Statistics> statistics() {
    return Stream.of(
        new Normalisation.Groups(1, 1e-5),
        new Normalisation.Groups(2, 1e-5),
        new Normalisation.Groups(4, 1e-5),
        new Normalisation.Channels(1e-6),
        new Normalisation.Neighbours(3, .7, .75, 1.5),
        new Normalisation.Neighbours(2, .7, .75, 1.5));
  }

  @ParameterizedTest
  @MethodSource("statistics")
  void normalisationsAreThoseOfTheirFormulas(Normalisation.Statistics statistics) {
    INDArray x = random(4, 2, 4, 3, 2);
    INDArray y = new Normalisation(statistics).forward(x);
    for (int n = 0; n < 2; n++) {
      for (int c = 0; c < 4; c++) {
        for (int i = 0; i < 6; i++) {
          assertThat(y.getDouble(n, c, i / 2, i % 2))
              .isCloseTo(twin(x, statistics, n, c, i), within(1e-12));
        }
      }
    }
  }

  private static double twin(
      INDArray x, Normalisation.Statistics statistics, int n, int channel, int pixel) {
    double own = x.getDouble(n, channel, pixel / 2, pixel % 2);
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (int c = 0; c < 4; c++) {
      for (int i = 0; i < 6; i++) {
        if (belongs(statistics, channel, pixel, c, i)) {
          double value = x.getDouble(n, c, i / 2, i % 2);
          sum += value;
          squares += value * value;
          count++;
        }
      }
    }
    if (statistics instanceof Normalisation.Neighbours s) {
      return own / Math.pow(s.bias() + s.alpha() / s.size() * squares, s.beta());
    }
    double epsilon =
        statistics instanceof Normalisation.Groups g
            ? g.epsilon()
            : ((Normalisation.Channels) statistics).epsilon();
    double mean = sum / count;
    return (own - mean) / Math.sqrt(squares / count - mean * mean + epsilon);
  }

  private static boolean belongs(
      Normalisation.Statistics statistics, int channel, int pixel, int c, int i) {
    if (statistics instanceof Normalisation.Groups groups) {
      return c * groups.groups() / 4 == channel * groups.groups() / 4;
    }
    if (statistics instanceof Normalisation.Neighbours neighbours) {
      int before = (neighbours.size() - 1) / 2;
      int after = neighbours.size() - 1 - before;
      return i == pixel && c >= channel - before && c <= channel + after;
    }
    return i == pixel;
  }

  /** What DeepLIFT needs: multipliers times differences add up to the output's difference. */
  @ParameterizedTest
  @MethodSource("statistics")
  void secantsAddUpToTheOutputsDifference(Normalisation.Statistics statistics) {
    Normalisation layer = new Normalisation(statistics);
    INDArray x = random(5, 2, 4, 3, 2);
    INDArray reference = random(6, 2, 4, 3, 2).muli(3);
    INDArray g = random(7, 2, 4, 3, 2);
    double difference =
        layer.forward(x).sub(layer.forward(reference)).mul(g).sumNumber().doubleValue();
    double shared = layer.secant(x, reference, g).mul(x.sub(reference)).sumNumber().doubleValue();
    assertThat(shared).isCloseTo(difference, within(1e-10));
    assertThat(Math.abs(difference)).isGreaterThan(1e-3);
  }

  @Test
  void secantsOfAProductAddUpToTheOutputsDifference() {
    List<INDArray> inputs = List.of(random(1, 2, 3, 4, 5), random(2, 2, 3, 1, 1));
    List<INDArray> references = List.of(random(3, 2, 3, 4, 5), random(4, 2, 3, 1, 1));
    INDArray g = random(5, 2, 3, 4, 5);
    Product product = new Product();
    double difference =
        product.forward(inputs).sub(product.forward(references)).mul(g).sumNumber().doubleValue();
    List<INDArray> shares = product.secant(inputs, references, g);
    double sum = 0;
    for (int i = 0; i < 2; i++) {
      sum += shares.get(i).mul(inputs.get(i).sub(references.get(i))).sumNumber().doubleValue();
    }
    assertThat(sum).isCloseTo(difference, within(1e-10));
  }

  @Test
  void aNormalisationOfASingleNumberIsZeroAndOfGroupsThatDoNotFitIsRefused() {
    INDArray one = random(1, 2, 1, 1, 1);
    assertThat(Normalisation.layer(1e-5).forward(one).data().asDouble()).containsExactly(0, 0);
    assertThat(new Normalisation(new Normalisation.Channels(1e-5)).forward(one).data().asDouble())
        .containsExactly(0, 0);
    assertThatThrownBy(
            () ->
                new Normalisation(new Normalisation.Groups(3, 1e-5))
                    .outputShapeOf(List.of(4L, 2L, 2L)))
        .hasMessage("A normalisation of 3 groups of channels was given [4, 2, 2].");
    assertThatThrownBy(() -> Normalisation.layer(0)).hasMessageContaining("epsilon (0.0)");
  }

  /** Rows of PyTorch's interpolate (bilinear) and of ONNX's reference for the nearest. */
  @Test
  void aRowIsResizedAsElsewhere() {
    INDArray row = Nd4j.createFromArray(1.0, 2, 4).reshape(1, 1, 1, 3);
    assertThat(resized(row, 6, Mode.LINEAR, Coordinates.HALF_PIXEL))
        .containsExactly(1, 1.25, 1.75, 2.5, 3.5, 4);
    assertThat(resized(row, 5, Mode.LINEAR, Coordinates.ALIGN_CORNERS))
        .containsExactly(1, 1.5, 2, 3, 4);
    assertThat(resized(row, 6, Mode.LINEAR, Coordinates.ASYMMETRIC))
        .containsExactly(1, 1.5, 2, 3, 4, 4);
    assertThat(resized(row, 6, Mode.FLOOR, Coordinates.ASYMMETRIC))
        .containsExactly(1, 1, 2, 2, 4, 4);
    assertThat(resized(row, 5, Mode.ROUND_PREFER_FLOOR, Coordinates.HALF_PIXEL))
        .containsExactly(1, 1, 2, 4, 4);
    assertThat(resized(row, 6, Mode.CEIL, Coordinates.ASYMMETRIC))
        .containsExactly(1, 2, 2, 4, 4, 4);
    assertThat(resized(row, 1, Mode.LINEAR, Coordinates.ALIGN_CORNERS)).containsExactly(1);
    assertThat(resized(row, 1, Mode.LINEAR, Coordinates.PYTORCH_HALF_PIXEL)).containsExactly(1);
    assertThat(resized(row, 1, Mode.LINEAR, Coordinates.HALF_PIXEL)).containsExactly(2);
  }

  private static double[] resized(INDArray row, long width, Mode mode, Coordinates coordinates) {
    return Resize.to(List.of(1L, 1L, 3L), 1, width, mode, coordinates)
        .forward(row)
        .data()
        .asDouble();
  }

  @Test
  void repeatingIsTheNearestPixel() {
    INDArray image = Nd4j.createFromArray(1.0, 2, 3, 4).reshape(1, 1, 2, 2);
    assertThat(Resize.repeat(List.of(1L, 2L, 2L), 1, 2).forward(image).data().asDouble())
        .containsExactly(1, 1, 2, 2, 3, 3, 4, 4);
  }

  /** The other pixels of the window have a share of 0, which must not become 0 times infinity. */
  @Test
  void oddNumbersStayWhereTheyAre() {
    INDArray image =
        Nd4j.createFromArray(Double.POSITIVE_INFINITY, 1, Double.NaN, 2).reshape(1, 1, 1, 4);
    List<Long> shape = List.of(1L, 1L, 4L);
    Resize resize = Resize.to(shape, 1, 8, Mode.FLOOR, Coordinates.ASYMMETRIC);
    INDArray wide = resize.forward(image);
    assertThat(wide.data().asDouble())
        .containsExactly(
            Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 1, 1, Double.NaN, Double.NaN, 2, 2);
    assertThat(resize.backward(image, wide, wide).data().asDouble())
        .containsExactly(Double.POSITIVE_INFINITY, 2, Double.NaN, 4);
    assertThat(new ZeroStuff(1, 2).forward(image).data().asDouble())
        .containsExactly(Double.POSITIVE_INFINITY, 0, 1, 0, Double.NaN, 0, 2);
  }

  @Test
  void normsAndSumsOverAWindow() {
    INDArray image = Nd4j.createFromArray(3.0, -4, 0, 0).reshape(1, 1, 1, 4);
    Window window = Window.of(1, 2).stride(2);
    NormPool pool = new NormPool(window, false, 2);
    INDArray norms = pool.forward(image);
    assertThat(norms.data().asDouble()).containsExactly(5, 0);
    INDArray gradient = Nd4j.createFromArray(10.0, 10).reshape(1, 1, 1, 2);
    assertThat(pool.backward(image, norms, gradient).data().asDouble())
        .containsExactly(6, -8, 0, 0);
    assertThat(AveragePool.sum(window, false).forward(image).data().asDouble())
        .containsExactly(-1, 0);
    assertThatThrownBy(() -> new NormPool(window, false, 0.5)).hasMessageContaining("0.5");
  }

  private static INDArray random(long seed, long... shape) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = random.doubles(Nd4j.create(shape).length(), -1, 1).toArray();
    return Nd4j.createFromArray(values).reshape('c', shape);
  }
}

package org.explain4j.metrics.rho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.explain4j.api.ImageSumsPass;
import org.explain4j.api.Patterns;
import org.explain4j.api.RegressionTarget;
import org.explain4j.api.Rho;
import org.explain4j.api.SignalQuality;
import org.explain4j.network.ChannelSlice;
import org.explain4j.network.Convolution;
import org.explain4j.network.Window;
import org.explain4j.network.moments.LayerSamples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** rho of a convolution of groups against that of a convolution for each group. */
class GroupedRhoTest {
  private static final int GROUPS = 3;
  private static final int EACH = 2; // neurons of a group

  private final Convolution layer =
      new Convolution(
          noise(1, GROUPS * EACH, 2, 2, 2), noise(2, GROUPS * EACH), Window.square(2), GROUPS);

  private static INDArray noise(long seed, long... shape) {
    int length = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    return SyntheticLayer.gaussian(new SplittableRandom(seed), 1, length).reshape('c', shape);
  }

  static Stream<SignalQuality> solvers() {
    return Stream.of(
        new ClosedForm(), new ClosedForm(0), new Adam(0.03, 0.5, 50, 50, 0.002, 400, 3, false));
  }

  private LayerSamples samples(INDArray images) {
    return new LayerSamples(layer, layer.patches(images));
  }

  private LayerSamples samples(INDArray images, int group) {
    INDArray own = new ChannelSlice(2L * group, 2L * group + 2).forward(images);
    Convolution part = layer.group(group);
    return new LayerSamples(part, part.patches(own));
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void eachGroupIsMeasuredAlone(SignalQuality solver) {
    INDArray onB = noise(3, 60, 6, 4, 4);
    INDArray onC = noise(4, 60, 6, 4, 4);
    Patterns filters = Patterns.linear(scaled(layer.weights()));
    Patterns others = Patterns.linear(scaled(layer.weights().add(noise(5, 6, 2, 2, 2).muli(.3))));
    List<SignalQuality.Question> questions =
        List.of(
            new SignalQuality.Question(filters, RegressionTarget.PRE),
            new SignalQuality.Question(filters, RegressionTarget.POST),
            new SignalQuality.Question(others, RegressionTarget.POST));
    INDArray v = Nd4j.zeros(DataType.DOUBLE, questions.size(), GROUPS * EACH, 8);
    List<Rho> found;
    try (SignalQuality.Measure measure = solver.measure(layer, samples(onB), samples(onC))) {
      found = measure.rho(questions, (q, from, rows) -> keep(v, q, from, rows));
      assertThat(measure.rho(filters, RegressionTarget.PRE).evaluated())
          .containsExactly(found.get(0).evaluated(), within(1e-6));
    }
    for (int g = 0; g < GROUPS; g++) {
      int group = g;
      INDArray own = Nd4j.zeros(DataType.DOUBLE, questions.size(), EACH, 8);
      List<SignalQuality.Question> asked =
          questions.stream()
              .map(q -> new SignalQuality.Question(part(q.patterns(), group), q.target()))
              .toList();
      List<Rho> alone =
          solver
              .of(layer.group(g), samples(onB, g), samples(onC, g))
              .rho(asked, (q, from, rows) -> keep(own, q, from, rows));
      for (int q = 0; q < questions.size(); q++) {
        for (int j = 0; j < EACH; j++) {
          int neuron = g * EACH + j;
          assertThat(found.get(q).evaluated()[neuron])
              .isCloseTo(alone.get(q).evaluated()[j], within(1e-9));
          assertThat(found.get(q).fitted()[neuron])
              .isCloseTo(alone.get(q).fitted()[j], within(1e-9));
          assertThat(v.slice(q).getRow(neuron).distance2(own.slice(q).getRow(j))).isLessThan(1e-9);
        }
      }
    }
    double loss = found.get(0).diagnostics().get("loss");
    assertThat(loss).isBetween(0.0, 1.0);
  }

  private INDArray scaled(INDArray directions) {
    INDArray rows = directions.dup('c').reshape('c', GROUPS * EACH, 8);
    INDArray products = rows.mul(layer.weights().reshape('c', GROUPS * EACH, 8)).sum(1);
    return rows.divColumnVector(products).reshape('c', layer.weights().shape());
  }

  private static void keep(INDArray all, int question, int from, INDArray rows) {
    for (int j = 0; j < rows.size(0); j++) {
      all.slice(question).getRow((long) from + j).assign(rows.getRow(j).castTo(DataType.DOUBLE));
    }
  }

  private static Patterns part(Patterns whole, int group) {
    INDArray rows =
        Nd4j.concat(
            0,
            IntStream.range(group * EACH, (group + 1) * EACH)
                .mapToObj(j -> whole.positive().slice(j).dup('c').reshape('c', 1, 2, 2, 2))
                .toArray(INDArray[]::new));
    return Patterns.linear(rows);
  }

  @Test
  void aGroupWhoseInputsAreConstantLeavesTheOthersTheirRho() {
    INDArray onB = noise(3, 60, 6, 4, 4);
    onB.get(NDArrayIndex.all(), NDArrayIndex.interval(2, 4)).assign(0);
    Patterns filters = Patterns.linear(scaled(layer.weights()));
    INDArray v = Nd4j.valueArrayOf(new long[] {1, 6, 8}, 7, DataType.DOUBLE);
    Rho rho =
        new ClosedForm()
            .measure(layer, samples(onB), samples(noise(4, 60, 6, 4, 4)))
            .rho(
                List.of(new SignalQuality.Question(filters, RegressionTarget.PRE)),
                (q, from, rows) -> keep(v, q, from, rows))
            .get(0);
    for (int j = 0; j < GROUPS * EACH; j++) {
      boolean dead = j == 2 || j == 3;
      assertThat(Double.isNaN(rho.evaluated()[j])).isEqualTo(dead);
      assertThat(rho.included()[j]).isEqualTo(!dead);
      assertThat(v.slice(0).getRow(j).norm2Number().doubleValue() == 0).isEqualTo(dead);
    }
    assertThat(rho.diagnostics()).containsEntry("undefined", 2.0).containsEntry("leaking", 0.0);
    assertThat(rho.diagnostics().get("loss")).isBetween(0.0, 1.0);
  }

  @Test
  void sumsOfImagesAreThoseOfEachGroup() {
    INDArray images = noise(3, 120, 6, 4, 4);
    INDArray v = noise(6, GROUPS * EACH, 8);
    ImageSumsPass whole = ImageSumsPass.ofInputs(layer, RegressionTarget.PRE, v, 100);
    ImageSumsPass sampled = ImageSumsPass.ofInputs(layer, RegressionTarget.PRE, v, 100);
    ImageSumsPass.add(List.of(whole), images);
    ImageSumsPass.addSamples(List.of(sampled), layer.patches(images), 9);
    double[] rho = whole.sums().rho();
    assertThat(sampled.sums().rho()).containsExactly(rho, within(1e-10));
    for (int g = 0; g < GROUPS; g++) {
      INDArray own = new ChannelSlice(2L * g, 2L * g + 2).forward(images);
      INDArray rows = v.get(NDArrayIndex.interval(g * EACH, g * EACH + EACH));
      ImageSumsPass alone =
          ImageSumsPass.ofInputs(layer.group(g), RegressionTarget.PRE, rows.dup('c'), 100);
      ImageSumsPass.add(List.of(alone), own);
      assertThat(Arrays.copyOfRange(rho, g * EACH, g * EACH + EACH))
          .containsExactly(alone.sums().rho(), within(1e-10));
    }
  }
}

package org.explain4j.metrics.faithfulness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.explain4j.api.Extension;
import org.explain4j.api.Metric.Images;
import org.explain4j.api.Metric.Known;
import org.explain4j.api.Metric.Shared;
import org.explain4j.metrics.faithfulness.Replacement.With;
import org.explain4j.metrics.features.Pixels;
import org.explain4j.network.Network;
import org.explain4j.testkit.Networks;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class ReplacementTest {
  private final Network network = Networks.convolutional();
  private final INDArray inputs = Networks.inputs(network, 3, 7);
  private final INDArray reference = Networks.inputs(network, 4, 8);
  private final Images images =
      new Images(
          network,
          inputs,
          new int[3],
          new Known(Optional.empty(), Optional.of(reference::dup)),
          new Shared());
  private final Removal removal = Removal.ofPatches(images, 4);

  private double[] of(Replacement replacement) {
    return replacement.fill(removal).of(1);
  }

  private double[] of(With with, Double... values) {
    return of(new Replacement(with, List.of(values), 1));
  }

  private static double mean(double[] values, int from, int to) {
    return Arrays.stream(values, from, to).average().orElseThrow();
  }

  @Test
  void constantsAreZeroOneForAllOrOneForEachChannel() {
    assertThat(of(With.CONSTANT)).containsOnly(0);
    assertThat(of(With.CONSTANT, 0.5)).containsOnly(0.5);
    double[] both = of(With.CONSTANT, 1.0, 2.0);
    assertThat(Arrays.copyOf(both, 64)).containsOnly(1);
    assertThat(Arrays.copyOfRange(both, 64, 128)).containsOnly(2);
    assertThatThrownBy(() -> of(With.CONSTANT, 1.0, 2.0, 3.0)).hasMessageContaining("3 values");
  }

  @Test
  void meansAreOfThePatchTheImageOrTheData() {
    double[] picture = removal.picture(1);
    double[] patches = of(With.OWN_MEAN);
    double sum = 0;
    for (int i = 0; i < 16; i++) {
      sum += picture[64 + i / 4 * 8 + i % 4];
    }
    assertThat(patches[64]).isCloseTo(sum / 16, within(1e-12));
    assertThat(patches[64 + 27]).isEqualTo(patches[64]);
    assertThat(patches[64 + 28]).isNotEqualTo(patches[64]);
    assertThat(of(With.IMAGE_MEAN)[70]).isCloseTo(mean(picture, 64, 128), within(1e-12));
    double[] data = of(With.DATA_MEAN);
    double channel = reference.tensorAlongDimension(1, 0, 2, 3).meanNumber().doubleValue();
    assertThat(data[100]).isCloseTo(channel, within(1e-6));
    assertThat(data[0]).isNotEqualTo(data[100]);
  }

  @Test
  void noiseAndInversionStayInTheRange() {
    double[] picture = removal.picture(1);
    double low = Arrays.stream(picture).min().orElseThrow();
    double high = Arrays.stream(picture).max().orElseThrow();
    assertThat(Arrays.stream(of(With.NOISE))).allMatch(v -> v >= low && v <= high);
    assertThat(Arrays.stream(of(With.NOISE, -3.0, -2.0))).allMatch(v -> v >= -3 && v <= -2);
    assertThat(of(new Replacement(With.NOISE, List.of(), 2))).isNotEqualTo(of(With.NOISE));
    assertThat(of(With.INVERTED)[5]).isCloseTo(low + high - picture[5], within(1e-12));
    assertThat(of(With.INVERTED, 0.0, 1.0)[5]).isCloseTo(1 - picture[5], within(1e-12));
  }

  @Test
  void blurringKeepsTheMiddleOfAConstantImageAndLosesItsEdges() {
    double[] ones = new double[400];
    Arrays.fill(ones, 1);
    double[] blurred = Replacement.blurred(ones, new Pixels(1, 20, 20));
    assertThat(blurred[10 * 20 + 10]).isCloseTo(1, within(1e-12));
    assertThat(blurred[0]).isLessThan(0.5);
  }

  /** As an experiment file does: {@code replacement: {with: noise}} beside a metric's default. */
  @Test
  void anotherWayNeedsNoOtherSettings() {
    for (With with : With.values()) {
      Replacement changed = new Replacement(with, new Replacement().values(), 1);
      Deletion deletion = Extension.with(new Deletion(), Map.of("replacement", changed));
      assertThat(deletion.replacement().with()).isEqualTo(with);
    }
    assertThatThrownBy(() -> of(With.BLUR, 1.0)).hasMessageContaining("mean nothing");
    assertThatThrownBy(() -> of(With.NOISE, 1.0)).hasMessageContaining("low and high");
  }
}

package org.explain4j.methods.perturbation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.explain4j.api.Attributor;
import org.explain4j.api.Explainer;
import org.explain4j.api.Subject;
import org.explain4j.methods.backpropagation.GradCam;
import org.explain4j.methods.baselines.CentrePrior;
import org.explain4j.methods.baselines.Sobel;
import org.explain4j.methods.images.ImageShape;
import org.explain4j.methods.images.SeparableMap;
import org.explain4j.methods.paths.Smoothing;
import org.explain4j.network.Dense;
import org.explain4j.network.Flatten;
import org.explain4j.network.Layer;
import org.explain4j.network.Network;
import org.explain4j.network.images.Superpixels;
import org.explain4j.testkit.Networks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Methods that alter the input, on a linear network, whose contributions are known. */
class PerturbationTest {
  private static final int[] CLASS = {1};

  private static Network linear() {
    LinkedHashMap<String, Layer> layers = new LinkedHashMap<>();
    layers.put("flatten", new Flatten());
    layers.put("fc", new Dense(Networks.normal(1, 2, 2 * 8 * 6), Networks.normal(2, 2)));
    return Network.chain(List.of(2L, 8L, 6L), layers);
  }

  /** Sum of w x over the pixels of a patch and both channels: what hiding it costs. */
  private static double[] contributions(Network network, INDArray input, int[] segments) {
    double[] weights = ((Dense) network.node("fc").layer()).weights().getRow(1).toDoubleVector();
    double[] x = input.data().asDouble();
    double[] sums = new double[Arrays.stream(segments).max().orElseThrow() + 1];
    for (int i = 0; i < x.length; i++) {
      sums[segments[i]] += weights[i] * x[i];
    }
    double[] spread = new double[x.length];
    Arrays.setAll(spread, i -> sums[segments[i]]);
    return spread;
  }

  @Test
  void occlusionOfALinearNetworkIsWhatThePatchContributes() {
    Network network = linear();
    INDArray input = Networks.inputs(network, 1, 3);
    Occlusion occlusion = new Occlusion(2, 2, List.of(0.0), Output.LOGIT);
    int[] segments = Segmentation.PATCHES.of(network, input.data().asDouble(), 2);
    assertThat(explain(occlusion, network, input))
        .containsExactly(contributions(network, input, segments), within(1e-9));
  }

  @Test
  void occlusionTellsThePatchThatIsLargerThanTheImage() {
    Occlusion occlusion = new Occlusion(9, 9, List.of(0.0), Output.LOGIT);
    assertThatThrownBy(() -> occlusion.bind(linear()))
        .hasMessageContaining("The patch (9) is larger than the image (8x6)")
        .hasMessageContaining("Maybe set patch to 3");
  }

  @Test
  void overlappingRaggedSquaresCoverEveryPixelAsCounted() {
    for (int[] size : new int[][] {{8, 6, 3, 2}, {8, 6, 3, 3}, {8, 6, 5, 2}, {7, 7, 4, 3}}) {
      Squares squares = Squares.of(new ImageShape(1, size[0], size[1]), size[2], size[3]);
      int[] cover = new int[size[0] * size[1]];
      for (int s = 0; s < squares.count(); s++) {
        squares.each(s, i -> cover[i]++);
      }
      for (int i = 0; i < cover.length; i++) {
        assertThat(cover[i]).isPositive().isEqualTo(squares.cover(i));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void shapleyValuesOfALinearNetworkAreItsContributions(Segmentation segmentation) {
    Network network = linear();
    INDArray input = Networks.inputs(network, 1, 3);
    KernelShap shap = new KernelShap(segmentation, 3, 300, List.of(0.0), Output.LOGIT, 1);
    int[] segments = segmentation.of(network, input.data().asDouble(), 3);
    assertThat(explain(shap, network, input))
        .containsExactly(contributions(network, input, segments), within(1e-4));
  }

  @Test
  void shapleyValuesSumToTheDifferenceWhateverTheNetwork() {
    Network network = Networks.convolutional();
    INDArray input = Networks.inputs(network, 1, 3);
    KernelShap shap = new KernelShap(Segmentation.PATCHES, 4, 50, List.of(0.0), Output.LOGIT, 1);
    double[] values = explain(shap, network, input);
    double sum = values[0] + values[4] + values[32] + values[36]; // one pixel of each patch
    INDArray none = Nd4j.zerosLike(input);
    double difference =
        network.logits(input).getDouble(0, 1) - network.logits(none).getDouble(0, 1);
    assertThat(sum).isEqualTo(difference, within(1e-9));
  }

  @Test
  void limeOfALinearNetworkTendsToItsContributionsAsTheRidgeVanishes() {
    Network network = linear();
    INDArray input = Networks.inputs(network, 1, 3);
    Lime lime = new Lime(Segmentation.PATCHES, 2, 300, 1, 1e-6, List.of(0.0), Output.LOGIT, 1);
    int[] segments = Segmentation.PATCHES.of(network, input.data().asDouble(), 2);
    assertThat(explain(lime, network, input))
        .containsExactly(contributions(network, input, segments), within(1e-4));
  }

  @Test
  void limeHidesSegmentsByTheirMeanUnlessToldOtherwise() {
    Network network = linear();
    INDArray flat = Nd4j.onesLike(Networks.inputs(network, 1, 3)); // its segments equal their mean
    assertThat(explain(new Lime(), network, flat))
        .containsExactly(new double[(int) flat.length()], within(1e-9));
  }

  @Test
  void superpixelsNumberAllPixelsWithoutGaps() {
    double[] example = Networks.inputs(linear(), 1, 3).data().asDouble();
    int[] segments = Superpixels.of(example, 8, 6, 3);
    int count = Arrays.stream(segments).max().orElseThrow() + 1;
    assertThat(Arrays.stream(segments).distinct().count()).isEqualTo(count).isBetween(2L, 12L);
  }

  @Test
  void superpixelsTooSmallForSlicAreTold() {
    assertThatThrownBy(() -> Superpixels.of(new double[48], 8, 6, 2))
        .hasMessageContaining("size 2")
        .hasMessageContaining("Maybe use superpixels of size 3");
  }

  @Test
  void riseWeighsPixelsByWhatTheirMasksLeave() {
    Network network = linear();
    INDArray input = Networks.inputs(network, 1, 3);
    Rise rise = new Rise(3000, 4, 0.5, List.of(0.0), Output.LOGIT, 1);
    double[] values = explain(rise, network, input);
    int[] segments = Segmentation.PATCHES.of(network, input.data().asDouble(), 2);
    double[] contributions = contributions(network, input, segments);
    double correlation = new PearsonsCorrelation().correlation(values, contributions);
    assertThat(correlation).isGreaterThan(0.6);
    assertThat(values[0]).isEqualTo(values[48]); // the same in both channels
  }

  @Test
  void evidenceIsZeroWhereTheNetworkDoesNotLook() {
    LinkedHashMap<String, Layer> layers = new LinkedHashMap<>();
    INDArray weights = Nd4j.zeros(DataType.DOUBLE, 2, 96);
    weights.putScalar(1, 0, 4); // only the first pixel of the first channel counts
    layers.put("flatten", new Flatten());
    layers.put("fc", new Dense(weights, Nd4j.createFromArray(0.0, -2.0)));
    Network network = Network.chain(List.of(2L, 8L, 6L), layers);
    INDArray data = Networks.inputs(network, 60, 4);
    INDArray input = Networks.inputs(network, 1, 3);
    input.putScalar(0, 1.0);
    Subject subject = new Subject(network, Subject.of(network).patterns(), () -> data);
    PredictionDifference method = new PredictionDifference(2, 2, 1, 20, 1e-3, 1);
    double[] evidence = method.bind(subject).attribute(input, CLASS).data().asDouble();
    assertThat(evidence[0]).isGreaterThan(0.5); // bits: the pixel is brighter than its kind
    assertThat(evidence[4 * 6 + 4]).isEqualTo(0, within(1e-9));
  }

  @Test
  void gradCamOfOneConvolutionIsItsWeightedMap() {
    Network network = Networks.graph();
    INDArray input = Networks.inputs(network, 1, 3);
    double[] map = explain(new GradCam("head"), network, input);
    try (var activations = network.forward(input)) {
      INDArray head = activations.output(network.node("head"));
      for (int i = 0; i < 64; i++) { // the head is averaged: gradient 1/64 for its own class
        double expected = Math.max(0, head.getDouble(0, 1, i / 8, i % 8) / 64);
        assertThat(map[i]).isEqualTo(expected, within(1e-12));
        assertThat(map[64 + i]).isEqualTo(map[i]);
      }
    }
  }

  @Test
  void gradCamTellsANodeWithoutAnImage() {
    assertThatThrownBy(() -> new GradCam("fc").bind(Networks.convolutional()))
        .hasMessageContaining("'fc'");
    assertThatThrownBy(() -> new GradCam("nowhere").bind(Networks.convolutional()))
        .hasMessageContaining("nowhere");
  }

  @Test
  void enlargingAMapKeepsConstantsAndLines() {
    INDArray ramp = Nd4j.createFromArray(0.0, 1, 2, 3).reshape(1, 1, 1, 4).repeat(2, 4);
    double[] large =
        SeparableMap.bilinear(4, 4, 8, 8, DataType.DOUBLE).apply(ramp).data().asDouble();
    assertThat(Arrays.copyOf(large, 8))
        .containsExactly(new double[] {0, .25, .75, 1.25, 1.75, 2.25, 2.75, 3}, within(1e-12));
  }

  @Test
  void sobelSeesEdgesOnly() {
    Network network = linear();
    INDArray flat = Nd4j.onesLike(Networks.inputs(network, 1, 3));
    assertThat(explain(new Sobel(), network, flat)).containsOnly(0);
    flat.putScalar(new int[] {0, 0, 4, 3}, 5);
    double[] edges = explain(new Sobel(), network, flat);
    assertThat(edges[3 * 6 + 3]).isEqualTo(8, within(1e-12)); // above the spot: 2 * 4
    assertThat(edges[4 * 6 + 3]).isZero();
  }

  @Test
  void theCentrePriorIsLargestAtTheCentre() {
    Network network = linear();
    double[] blob = explain(new CentrePrior(), network, Networks.inputs(network, 1, 3));
    assertThat(blob[3 * 6 + 2]).isEqualTo(Arrays.stream(blob).max().orElseThrow());
    assertThat(blob[0]).isEqualTo(Arrays.stream(blob).min().orElseThrow());
  }

  @Test
  void tenThousandNoisyCopiesGoThroughTheNetworkInBatches() {
    Network network = linear();
    int[] largest = {0};
    long[] seen = {0};
    Attributor counting =
        (inputs, classes) -> {
          largest[0] = Math.max(largest[0], classes.length);
          seen[0] += classes.length;
          return inputs.dup();
        };
    Smoothing.Noise noise = Smoothing.gaussian(0.1, 1);
    INDArray input = Networks.inputs(network, 1, 3);
    INDArray mean =
        new Smoothing(network, counting, 10_000, noise, Smoothing.Moment.MEAN)
            .attribute(input, CLASS);
    assertThat(seen[0]).isEqualTo(10_000);
    assertThat(largest[0]).isEqualTo(800);
    assertThat(mean.distance2(input)).isLessThan(0.02);
  }

  private static double[] explain(Explainer explainer, Network network, INDArray input) {
    return explainer.bind(network).attribute(input, CLASS).dup('c').data().asDouble();
  }
}

package org.explain4j.methods.perturbation;

import static org.assertj.core.api.Assertions.assertThat;

import org.explain4j.api.Subject;
import org.explain4j.network.Network;
import org.explain4j.network.arrays.Batches;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

@Tag("slow")
class RealTimeSaliencyTest {

  @Test
  void aMaskKeepsTheClassBetterThanMasksOfTheSameAreaElsewhere() {
    Network network = Shared.goldenNetwork(DataType.FLOAT);
    INDArray training =
        Shared.npy("golden/patterns500/images_u8")
            .castTo(DataType.FLOAT)
            .reshape(500, 1, 28, 28)
            .divi(255);
    Subject subject =
        new Subject(network, Subject.of(network).patterns(), () -> Batches.slice(training, 0, 200));
    INDArray images = Shared.npy("golden/inputs").castTo(DataType.FLOAT);
    int[] classes = network.predict(images);
    INDArray masks = new RealTimeSaliency().bind(subject).attribute(images, classes);
    INDArray others =
        Nd4j.concat(0, Batches.slice(masks, 7, classes.length), Batches.slice(masks, 0, 7));
    double grey = training.meanNumber().doubleValue();

    assertThat(masks.minNumber().doubleValue()).isNotNegative();
    assertThat(masks.maxNumber().doubleValue()).isLessThanOrEqualTo(1);
    assertThat(masks.meanNumber().doubleValue()).isBetween(0.02, 0.4);
    double kept = probability(network, kept(images, masks, grey), classes);
    assertThat(kept).isGreaterThan(probability(network, kept(images, others, grey), classes) + .3);
    double rest = probability(network, kept(images, masks.rsub(1), grey), classes);
    assertThat(rest)
        .isLessThan(probability(network, kept(images, others.rsub(1), grey), classes) - .15);
  }

  private static INDArray kept(INDArray images, INDArray masks, double grey) {
    return images.sub(grey).muli(masks).addi(grey);
  }

  private static double probability(Network network, INDArray images, int[] classes) {
    INDArray probabilities = network.probabilities(images);
    double sum = 0;
    for (int i = 0; i < classes.length; i++) {
      sum += probabilities.getDouble(i, classes[i]);
    }
    return sum / classes.length;
  }
}

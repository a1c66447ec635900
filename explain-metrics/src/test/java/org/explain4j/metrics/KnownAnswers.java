package org.explain4j.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.explain4j.api.Attributor;
import org.explain4j.api.Metric;
import org.explain4j.api.Metric.Evaluation;
import org.explain4j.api.Metric.Explained;
import org.explain4j.api.Metric.Images;
import org.explain4j.api.Metric.Known;
import org.explain4j.api.Metric.Shared;
import org.explain4j.metrics.faithfulness.Replacement;
import org.explain4j.network.Dense;
import org.explain4j.network.Flatten;
import org.explain4j.network.Layer;
import org.explain4j.network.Network;
import org.explain4j.testkit.Networks;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A linear network, one that ignores its input, and what is judged on them. */
abstract class KnownAnswers {
  static final int SIDE = 8;
  static final int PIXELS = SIDE * SIDE;
  static final int IMAGES = 6;
  static final Replacement ZERO = new Replacement();

  final Network linear = linear(1);
  final Network blind = linear(0);
  final INDArray inputs = Networks.inputs(linear, IMAGES, 3);
  final int[] classes = {0, 1, 2, 0, 1, 2};
  final INDArray weights = ((Dense) linear.node("fc").layer()).weights();

  /** Logits {@code w.x + b}, or b alone. */
  static Network linear(double scale) {
    LinkedHashMap<String, Layer> layers = new LinkedHashMap<>();
    layers.put("flatten", new Flatten());
    layers.put(
        "fc",
        new Dense(Networks.normal(5, 3, PIXELS).muli(scale), Nd4j.createFromArray(0.3, -0.2, 0.1)));
    return Network.chain(List.of(1L, (long) SIDE, (long) SIDE), layers);
  }

  Evaluation judged(Network network, Attributor attributor) {
    return judged(network, attributor, Known.NOTHING);
  }

  Evaluation judged(Network network, Attributor attributor, Known known) {
    return new Evaluation(
        new Images(network, inputs, classes, known, new Shared()),
        new Explained(
            attributor, attributor.attribute(inputs, classes), (other, use) -> attributor));
  }

  INDArray gradient(INDArray images, int[] asked) {
    INDArray maps = Nd4j.create(DataType.DOUBLE, images.shape());
    for (int i = 0; i < asked.length; i++) {
      maps.slice(i).assign(weights.getRow(asked[i]).reshape(1, SIDE, SIDE));
    }
    return maps;
  }

  INDArray timesInput(INDArray images, int[] asked) {
    return gradient(images, asked).muli(images);
  }

  static double[] values(Metric metric, Evaluation evaluation, String score) {
    return metric.evaluate(evaluation).scores().stream()
        .filter(each -> each.name().equals(score))
        .findFirst()
        .orElseThrow()
        .values();
  }

  static void all(double[] values, double expected) {
    assertThat(values).hasSize(IMAGES);
    for (double value : values) {
      assertThat(value).isCloseTo(expected, within(1e-9));
    }
  }

  Known masked(INDArray mask) {
    return new Known(Optional.of(mask.broadcast(IMAGES, SIDE, SIDE).dup('c')), Optional.empty());
  }

  /** The upper left quarter. */
  static INDArray quarter() {
    INDArray mask = Nd4j.zeros(DataType.DOUBLE, 1, SIDE, SIDE);
    for (int i = 0; i < PIXELS / 4; i++) {
      mask.putScalar(new int[] {0, i / (SIDE / 2), i % (SIDE / 2)}, 1);
    }
    return mask;
  }

  static void all(double[] values, double missing, String why) {
    assertThat(values).as(why).containsOnly(missing);
  }
}

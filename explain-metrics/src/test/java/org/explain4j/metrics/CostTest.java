package org.explain4j.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleFunction;
import org.explain4j.api.Attributor;
import org.explain4j.api.Catalog;
import org.explain4j.api.Metric;
import org.explain4j.api.Metric.Evaluation;
import org.explain4j.metrics.faithfulness.Degradation;
import org.explain4j.metrics.faithfulness.Irof;
import org.explain4j.metrics.faithfulness.ReadOut;
import org.explain4j.metrics.faithfulness.SensitivityN;
import org.explain4j.metrics.maps.EffectiveCount;
import org.explain4j.metrics.maps.Part;
import org.explain4j.metrics.maps.PointingGame;
import org.explain4j.metrics.maps.Sufficiency;
import org.explain4j.metrics.maps.TopKIntersection;
import org.explain4j.network.Classifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What metrics declare to cost is what they ask for, and settings are checked. */
class CostTest extends KnownAnswers {
  private final AtomicLong forwards = new AtomicLong();
  private final AtomicLong explanations = new AtomicLong();

  /** Counts what goes through the linear network. */
  private final Classifier counted =
      new Classifier() {
        @Override
        public List<Long> inputShape() {
          return linear.inputShape();
        }

        @Override
        public long classes() {
          return linear.classes();
        }

        @Override
        public DataType dataType() {
          return linear.dataType();
        }

        @Override
        public INDArray logits(INDArray inputs) {
          forwards.addAndGet(inputs.size(0));
          return linear.logits(inputs);
        }
      };

  static List<Metric> metrics() {
    return Catalog.of(Metric.class).providers().values().stream()
        .filter(metric -> !metric.needsMasks() && !metric.family().equals("randomisation"))
        .filter(metric -> !metric.id().equals("relative-representation-stability"))
        .filter(metric -> !metric.id().equals("input-invariance"))
        .map(
            metric ->
                switch (metric.id()) {
                  case "degradation" -> new Degradation(2, 100);
                  case "irof" -> new Irof(3, new Irof().replacement());
                  // the default's smallest shares are both a single pixel of these images
                  case "sensitivity-n" ->
                      new SensitivityN(1, List.of(0.1, 0.5), 9, ZERO, ReadOut.LOGIT, 1);
                  default -> metric;
                })
        .toList();
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void aMetricAsksForWhatItDeclares(Metric metric) {
    Attributor counting =
        (inputs, asked) -> {
          explanations.addAndGet(inputs.size(0));
          return timesInput(inputs, asked);
        };
    Evaluation evaluation =
        new Evaluation(counted, inputs, classes, counting, timesInput(inputs, classes));
    metric.evaluate(evaluation);
    Metric.Cost cost = metric.cost(counted);
    assertThat(explanations.get()).isEqualTo((long) (cost.explanations() * IMAGES));
    long declared = Math.round(cost.forwards() * IMAGES);
    // superpixels are as many as they come out; neighbours need the image itself, too
    long tolerance = metric.id().equals("irof") ? declared / 2 : 2 * IMAGES;
    assertThat(forwards.get()).isBetween(declared - tolerance, declared + tolerance);
  }

  @Test
  void sharesOutsideTheirRangeAreRefused() {
    refused(Sufficiency::new, 0, 1.1, Double.NaN);
    refused(value -> new TopKIntersection(value, Part.SIGNED), 0, 1.1, Double.NaN);
    refused(EffectiveCount::new, -0.1, 1, Double.NaN);
    refused(value -> new PointingGame(value, Part.SIGNED), -1, Double.NaN);
    assertThat(new Sufficiency(1).distance()).isEqualTo(1);
    assertThat(new TopKIntersection(1, Part.SIGNED).share()).isEqualTo(1);
    assertThat(new EffectiveCount(0).tolerance()).isZero();
  }

  private static void refused(DoubleFunction<Metric> settings, double... values) {
    for (double value : values) {
      assertThatThrownBy(() -> settings.apply(value)).hasMessageContaining("" + value);
    }
  }
}

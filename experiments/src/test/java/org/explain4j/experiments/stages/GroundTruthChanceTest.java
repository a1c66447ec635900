package org.explain4j.experiments.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.statistics.descriptive.DoubleStatistics;
import org.apache.commons.statistics.descriptive.Statistic;
import org.explain4j.api.Metric;
import org.explain4j.api.Metric.Images;
import org.explain4j.api.Metric.Known;
import org.explain4j.api.Split;
import org.explain4j.datasets.generated.Background;
import org.explain4j.datasets.generated.GroundTruth;
import org.explain4j.datasets.generated.Kind;
import org.explain4j.metrics.maps.Auc;
import org.explain4j.metrics.maps.Part;
import org.explain4j.metrics.maps.PointingGame;
import org.explain4j.metrics.maps.RelevanceMass;
import org.explain4j.metrics.maps.RelevanceRank;
import org.explain4j.metrics.maps.TopKIntersection;
import org.explain4j.network.Dense;
import org.explain4j.network.Flatten;
import org.explain4j.network.Layer;
import org.explain4j.network.Network;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Random maps get chance from metrics that know where the signal is, on all generated images. */
class GroundTruthChanceTest {
  private static final int IMAGES = 100;

  /** The largest standard error of a mean: that of hits, with 20 draws of 100 images. */
  private static final double LARGEST_ERROR = 0.01;

  static Stream<Arguments> combinations() {
    return Stream.of(Kind.values())
        .flatMap(kind -> Stream.of(Background.values()).map(b -> Arguments.of(kind, b)));
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void randomMapsGetTheMasksShareAndAnAreaOfOneHalf(Kind kind, Background background) {
    Split split =
        new GroundTruth(kind, background, 8, Optional.empty(), 10, IMAGES, 2)
            .open(Path.of(""))
            .test();
    int[] indices = IntStream.range(0, IMAGES).toArray();
    Known known = new Known(split.masks(indices), Optional.empty());
    Images images =
        new Images(
            anyNetwork(), split.inputs(indices), split.labels(indices), known, new Metric.Shared());
    double share = known.masks().orElseThrow().meanNumber().doubleValue();
    assertThat(share).isBetween(0.06, 0.15);
    for (Part part : List.of(Part.SIGNED, Part.ABSOLUTE)) {
      chance(new Auc(part), images, 0.5);
      chance(new RelevanceRank(part), images, share);
      chance(new PointingGame(0, part), images, share);
      chance(new TopKIntersection(0.1, part), images, share);
    }
    chance(new RelevanceMass(Part.POSITIVE), images, share);
    chance(new RelevanceMass(Part.ABSOLUTE), images, share);
  }

  /** Within four standard errors of the mean over images and draws. */
  private static void chance(Metric metric, Images images, double expected) {
    double[] values =
        metric.baseline(images).stream()
            .flatMapToDouble(draw -> Arrays.stream(draw.scores().get(0).values()))
            .toArray();
    DoubleStatistics statistics =
        DoubleStatistics.builder(Statistic.MEAN, Statistic.STANDARD_DEVIATION).build(values);
    double error = statistics.getAsDouble(Statistic.STANDARD_DEVIATION) / Math.sqrt(values.length);
    assertThat(error).as("error of " + metric.id()).isBetween(1e-6, LARGEST_ERROR);
    assertThat(statistics.getAsDouble(Statistic.MEAN))
        .as(metric.id())
        .isCloseTo(expected, within(4 * error));
  }

  /** Random maps do not depend on it. */
  private static Network anyNetwork() {
    LinkedHashMap<String, Layer> layers = new LinkedHashMap<>();
    layers.put("flatten", new Flatten());
    layers.put(
        "logits", new Dense(Nd4j.ones(DataType.FLOAT, 2, 64), Nd4j.create(DataType.FLOAT, 2)));
    return Network.chain(List.of(1L, 8L, 8L), layers);
  }
}

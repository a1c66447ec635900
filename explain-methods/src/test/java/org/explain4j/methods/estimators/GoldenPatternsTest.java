package org.explain4j.methods.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.explain4j.api.Patterns;
import org.explain4j.api.RegressionTarget;
import org.explain4j.api.SignalEstimator;
import org.explain4j.api.Subject;
import org.explain4j.network.Dense;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.moments.LayerMoments;
import org.explain4j.network.moments.NetworkMoments;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Patterns against numpy, iNNvestigate and the authors' code. */
class GoldenPatternsTest {
  private static final SignalEstimator POSITIVE =
      new TwoComponent(RegressionTarget.PRE, LogitPattern.POSITIVE);

  /** One pass serves all layers. */
  private static final Map<DataType, Subject> OF_500_IMAGES = new EnumMap<>(DataType.class);

  /**
   * In float32 a sample next to y = 0 can change its regime, and among those of 500 images one
   * counts: 1.3e-5 in conv3, neuron 4.
   */
  @ParameterizedTest
  @CsvSource({
    "conv1, DOUBLE, 1e-9",
    "conv1, FLOAT, 2e-5",
    "conv2, DOUBLE, 1e-9",
    "conv2, FLOAT, 2e-5",
    "conv3, DOUBLE, 1e-9",
    "conv3, FLOAT, 2e-5",
    "conv4, DOUBLE, 1e-9",
    "conv4, FLOAT, 2e-5",
    "fc1, DOUBLE, 1e-9",
    "fc1, FLOAT, 2e-5",
    "fc2, DOUBLE, 1e-9",
    "fc2, FLOAT, 2e-5"
  })
  void patternsOf500ImagesEqualNumpy(String layer, DataType type, double tolerance) {
    Shared.npy("golden/patterns500/" + layer + "_lin"); // skips before anything is computed
    Subject subject = OF_500_IMAGES.computeIfAbsent(type, GoldenPatternsTest::of500Images);
    compare("golden/patterns500/", subject.network().node(layer), subject, tolerance);
  }

  private static Subject of500Images(DataType type) {
    INDArray images = Shared.npy("golden/patterns500/images_u8").castTo(DataType.FLOAT).divi(255);
    Network network = Shared.goldenNetwork(type);
    return Subject.of(network, NetworkMoments.collect(network, images.reshape(500, 1, 28, 28)));
  }

  @Tag("slow")
  @Test
  void patternsOf10000ImagesEqualNumpy() throws IOException {
    Network network = Shared.goldenNetwork(DataType.FLOAT);
    Subject subject = Subject.of(network, NetworkMoments.collect(network, debianFashion(10_000)));
    for (String layer : List.of("conv1", "conv2", "conv3", "conv4", "fc1", "fc2")) {
      compare("golden/patterns/", network.node(layer), subject, 1e-5);
    }
  }

  @Test
  void twoDimensionalPatternsEqualTheOnesOfPgig() throws IOException {
    double[][] rows;
    try (var lines = Files.lines(Shared.path("data/oracles/pgig/X.csv"))) {
      rows =
          lines
              .map(line -> line.split(","))
              .filter(cells -> cells[0].matches("-?[0-9].*"))
              .map(GoldenPatternsTest::lastTwo)
              .toArray(double[][]::new);
    }
    assertThat(rows).hasNumberOfRows(400);
    Dense neuron =
        new Dense(Nd4j.createFromArray(new double[][] {{1, -1}}), Nd4j.createFromArray(0.0));
    LayerMoments moments = LayerMoments.of(neuron, false);
    moments.addSamples(Nd4j.createFromArray(rows));
    assertThat(POSITIVE.estimate("a", neuron, false, moments).positive().toDoubleMatrix()[0])
        .containsExactly(new double[] {1.01835493, 0.01835493}, within(1e-8));
    assertThat(new Linear().estimate("a", neuron, false, moments).positive().toDoubleMatrix()[0])
        .containsExactly(new double[] {1.01802636, 0.01802636}, within(1e-8));
  }

  private static double[] lastTwo(String[] cells) {
    return new double[] {
      Double.parseDouble(cells[cells.length - 2]), Double.parseDouble(cells[cells.length - 1])
    };
  }

  private static void compare(String folder, Node node, Subject subject, double tolerance) {
    Patterns linear = subject.patterns().patterns(new Linear(), node);
    Patterns two = subject.patterns().patterns(POSITIVE, node);
    compare(folder + node.name() + "_lin", linear, Patterns::positive, tolerance);
    compare(folder + node.name() + "_pos", two, Patterns::positive, tolerance);
    compare(folder + node.name() + "_neg", two, Patterns::negative, tolerance);
  }

  /** Neuron by neuron: the lengths of patterns differ by orders of magnitude. */
  private static void compare(
      String file, Patterns patterns, Function<Patterns, INDArray> regime, double tolerance) {
    INDArray expected = Shared.npy(file);
    INDArray rows = expected.rank() == 2 ? expected.transpose() : expected;
    INDArray actual = regime.apply(patterns);
    for (long neuron = 0; neuron < rows.size(0); neuron++) {
      assertThat(Shared.distance(actual.slice(neuron), rows.slice(neuron)))
          .as("%s, neuron %d", file, neuron)
          .isLessThan(tolerance);
    }
  }

  private static INDArray debianFashion(int count) throws IOException {
    Path file = Path.of("/usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz");
    assumeTrue(Files.exists(file), "skipped: Debian's dataset-fashion-mnist is not installed");
    try (DataInputStream in =
        new DataInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
      in.skipNBytes(16);
      byte[] pixels = in.readNBytes(count * 784);
      float[] values = new float[pixels.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (pixels[i] & 255) / 255f;
      }
      return Nd4j.createFromArray(values).reshape('c', count, 1, 28, 28);
    }
  }
}

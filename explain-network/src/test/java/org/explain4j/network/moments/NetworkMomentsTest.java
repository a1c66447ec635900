package org.explain4j.network.moments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.explain4j.network.Convolution;
import org.explain4j.network.Dense;
import org.explain4j.network.Flatten;
import org.explain4j.network.Layer;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.Relu;
import org.explain4j.network.Window;
import org.explain4j.network.arrays.Batches;
import org.explain4j.network.arrays.Workers;
import org.explain4j.network.onednn.OneDnn;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NetworkMomentsTest {
  private final Network network = network();
  private final INDArray inputs = noise(3, 12, 2, 6, 6);

  @Test
  void aKilledPassResumesToTheSameResult(@TempDir Path folder) throws IOException {
    Checkpoint checkpoint = new Checkpoint(folder.resolve("a.npz"), Duration.ZERO);
    List<INDArray> batches = batches();
    List<INDArray> cutOff = new ArrayList<>(batches.subList(0, 2));
    cutOff.add(null); // the pass dies here
    MomentsPass pass = MomentsPass.all(network, true, PatchSampling.all());
    assertThatThrownBy(() -> pass.run(pass.begin(), from -> cutOff, Optional.of(checkpoint)))
        .isInstanceOf(NullPointerException.class);
    assertThat(NetworkMoments.load(checkpoint.file(), network).examples()).isEqualTo(8);
    NetworkMoments resumed =
        pass.run(
            pass.resume(checkpoint.file()),
            from -> batches().subList((int) from / 4, 3),
            Optional.of(checkpoint));
    compare(resumed, NetworkMoments.collect(network, batches(), PatchSampling.all(), true));
    assertThat(resumed.examples()).isEqualTo(12);
  }

  @Test
  void sumsAreIndependentOfTheBatchesAndTheThreads() {
    assumeTrue(OneDnn.isAvailable(), "ND4J's own operations promise no equal bits.");
    LinkedHashMap<String, Layer> layers = new LinkedHashMap<>();
    layers.put("conv", new Convolution(noise(1, 40, 4, 3, 3), noise(2, 40), Window.square(3)));
    layers.put("relu", new Relu());
    layers.put("flatten", new Flatten());
    layers.put("fc", new Dense(noise(5, 3, 640), noise(6, 3)));
    Network chain = Network.chain(List.of(4L, 6L, 6L), layers).cast(DataType.FLOAT);
    INDArray examples = noise(4, 230, 4, 6, 6).castTo(DataType.FLOAT);
    int before = Workers.limit();
    try {
      Workers.limit(2);
      Map<String, double[]> whole = sums(chain, examples, 230);
      for (int size : new int[] {1, 7, 100}) {
        assertThat(sums(chain, examples, size))
            .as("batches of " + size)
            .containsExactlyEntriesOf(whole);
      }
      Workers.limit(1);
      assertThat(sums(chain, examples, 100)).as("one thread").containsExactlyEntriesOf(whole);
    } finally {
      Workers.limit(before);
    }
  }

  private static Map<String, double[]> sums(Network network, INDArray inputs, int size) {
    Map<String, double[]> all = new TreeMap<>();
    NetworkMoments moments =
        NetworkMoments.collect(network, Batches.of(inputs, size), PatchSampling.all(), true);
    for (Node node : network.linearNodes()) {
      moments
          .layer(node.name())
          .arrays()
          .forEach((name, sum) -> all.put(node.name() + "/" + name, sum.data().asDouble()));
    }
    return all;
  }

  @Test
  void shardsMergeToTheWhole(@TempDir Path folder) throws IOException {
    NetworkMoments whole = NetworkMoments.collect(network, batches(), PatchSampling.all(), true);
    NetworkMoments left =
        NetworkMoments.collect(network, batches().subList(0, 1), PatchSampling.all(), true);
    NetworkMoments right =
        NetworkMoments.collect(network, batches().subList(1, 3), PatchSampling.all(), true);
    right.save(folder.resolve("right.npz"));
    left.merge(NetworkMoments.load(folder.resolve("right.npz"), network));
    compare(left, whole);
  }

  @Test
  void shardsDrawThePatchesOfASinglePassAndGroupsOfLayersAddUp() throws IOException {
    PatchSampling sampling = new PatchSampling(3, 5);
    NetworkMoments whole = NetworkMoments.collect(network, batches(), sampling, true);
    MomentsPass left = new MomentsPass(network, List.of("conv"), true, sampling, 0);
    MomentsPass right = new MomentsPass(network, List.of("conv"), true, sampling, 4);
    NetworkMoments merged =
        left.run(left.begin(), from -> batches().subList(0, 1), Optional.empty());
    merged.merge(right.run(right.begin(), from -> batches().subList(1, 3), Optional.empty()));
    assertThat(merged.examples()).isEqualTo(12);
    assertThat(Shared.distance(merged.layer("conv").sigma(), whole.layer("conv").sigma()))
        .isLessThan(1e-12);
    assertThatThrownBy(() -> merged.layer("fc"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fc");
    assertThatThrownBy(() -> new MomentsPass(network, List.of("relu"), true, sampling, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("No linear node 'relu'");
  }

  @Test
  void sampledPatchesAreThoseOfTheUnrolledImages() {
    Convolution layer = (Convolution) network.node("conv").layer();
    PatchSampling sampling = new PatchSampling(5, 7);
    INDArray samples = sampling.samples("conv", layer, inputs, 0);
    INDArray all = layer.patches(inputs);
    assertThat(samples.shape()).containsExactly(60, 18);
    for (int row = 0; row < 60; row++) {
      int image = row / 5;
      INDArray sample = samples.getRow(row);
      boolean found = false;
      for (int p = 0; p < 9; p++) {
        found |= all.getRow(image * 9L + p).equals(sample);
      }
      assertThat(found).as("row %d", row).isTrue();
    }
    INDArray second = sampling.samples("conv", layer, Batches.slice(inputs, 4, 8), 4);
    assertThat(second).isEqualTo(Batches.slice(samples, 20, 40));
  }

  @Test
  void aCheckpointOfAnotherNetworkIsRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("a.npz");
    NetworkMoments.collect(network, batches(), PatchSampling.all(), false).save(file);
    Network other =
        network.with(
            node ->
                node.name().equals("fc") ? new Dense(noise(1, 5, 36), noise(2, 5)) : node.layer());
    assertThatThrownBy(() -> NetworkMoments.load(file, other))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a.npz");
  }

  private static void compare(NetworkMoments actual, NetworkMoments expected) {
    for (String name : List.of("conv", "fc")) {
      LayerMoments a = actual.layer(name);
      LayerMoments b = expected.layer(name);
      assertThat(a.count()).isEqualTo(b.count());
      assertThat(Shared.distance(a.meanXPositive(), b.meanXPositive())).isLessThan(1e-12);
      assertThat(Shared.distance(a.meanXActive(), b.meanXActive())).isLessThan(1e-12);
      assertThat(Shared.distance(a.sigma(), b.sigma())).isLessThan(1e-12);
    }
  }

  private List<INDArray> batches() {
    List<INDArray> batches = new ArrayList<>();
    Batches.of(inputs, 4).forEach(batches::add);
    return batches;
  }

  private static Network network() {
    LinkedHashMap<String, Layer> layers = new LinkedHashMap<>();
    layers.put(
        "conv",
        new Convolution(noise(1, 4, 2, 3, 3), noise(2, 4), Window.square(3).pad(1).stride(2)));
    layers.put("relu", new Relu());
    layers.put("flatten", new Flatten());
    layers.put("fc", new Dense(noise(5, 3, 36), noise(6, 3)));
    return Network.chain(List.of(2L, 6L, 6L), layers).cast(DataType.DOUBLE);
  }

  private static INDArray noise(long seed, long... shape) {
    SplittableRandom random = new SplittableRandom(seed);
    int length = (int) Arrays.stream(shape).reduce(1, Math::multiplyExact);
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextGaussian() + 0.3;
    }
    return Nd4j.createFromArray(values).reshape(shape);
  }
}

package org.explain4j.network.moments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.explain4j.network.Activation;
import org.explain4j.network.Convolution;
import org.explain4j.network.Dense;
import org.explain4j.network.Flatten;
import org.explain4j.network.Layer;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.Window;
import org.explain4j.network.arrays.Batches;
import org.explain4j.network.arrays.Workers;
import org.explain4j.network.numpy.NumpyArchive;
import org.explain4j.network.onednn.OneDnn;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NetworkMomentsTest {
  private final Network network = network();
  private final INDArray inputs = noise(3, 12, 2, 6, 6);

  @Test
  void sumsAreIndependentOfTheBatchesAndTheThreads() {
    assumeTrue(OneDnn.isAvailable(), "ND4J's own operations promise no equal bits.");
    Network chain = wide();
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

  /** Its convolution is summed tap by tap, and its dense layer's samples wait for others. */
  private static Network wide() {
    LinkedHashMap<String, Layer> layers = new LinkedHashMap<>();
    layers.put("conv", new Convolution(noise(1, 40, 4, 3, 3), noise(2, 40), Window.square(3)));
    layers.put("relu", Activation.RELU);
    INDArray kernels = noise(7, 40, 20, 3, 3);
    layers.put("groups", new Convolution(kernels, noise(8, 40), Window.square(3).pad(1), 2));
    layers.put(
        "depthwise", new Convolution(noise(9, 40, 1, 1, 1), noise(8, 40), Window.square(1), 40));
    layers.put("flatten", new Flatten());
    layers.put("fc", new Dense(noise(5, 3, 640), noise(6, 3)));
    return Network.chain(List.of(4L, 6L, 6L), layers).cast(DataType.FLOAT);
  }

  private static Map<String, double[]> sums(Network network, INDArray inputs, int size) {
    return sums(
        NetworkMoments.collect(network, Batches.of(inputs, size), PatchSampling.all(), true));
  }

  private static Map<String, double[]> sums(NetworkMoments moments) {
    Map<String, double[]> all = new TreeMap<>();
    for (Node node : moments.network().linearNodes()) {
      moments
          .layer(node.name())
          .sums()
          .arrays()
          .forEach((name, sum) -> all.put(node.name() + "/" + name, sum.data().asDouble()));
    }
    return all;
  }

  /**
   * Killed after each of its checkpoints, every one of which falls into the middle of something.
   */
  @ParameterizedTest
  @CsvSource({"0, true", "0, false", "3, true"})
  void aPassThatIsInterruptedAgainAndAgainHasTheSameBits(
      int patches, boolean covariance, @TempDir Path folder) throws IOException {
    MomentsPass pass = MomentsPass.all(wide(), covariance, new PatchSampling(patches, 5));
    INDArray examples = noise(4, 730, 4, 6, 6).castTo(DataType.FLOAT);
    NetworkMoments whole =
        pass.run(pass.begin(), from -> Batches.of(examples, 100), Optional.empty());
    Checkpoint checkpoint = new Checkpoint(folder.resolve("checkpoint.npz"), Duration.ZERO);
    NetworkMoments moments = pass.begin();
    int kills = 0;
    for (boolean done = false; !done; ) {
      NetworkMoments going = moments;
      try {
        pass.run(going, from -> interrupted(examples, (int) from, 137), Optional.of(checkpoint));
        done = true;
      } catch (IllegalStateException killed) {
        kills++;
        moments = pass.resume(checkpoint.file());
      }
    }
    assertThat(kills).isGreaterThan(3);
    assertThat(moments.examples()).isEqualTo(730);
    assertThat(sums(moments)).containsExactlyEntriesOf(sums(whole));
    NetworkMoments afterTheEnd = pass.resume(checkpoint.file());
    pass.run(afterTheEnd, from -> interrupted(examples, (int) from, 730), Optional.empty());
    assertThat(sums(afterTheEnd)).containsExactlyEntriesOf(sums(whole));
  }

  /** Batches that end with an exception after some examples, unless those are all. */
  private static Iterable<INDArray> interrupted(INDArray examples, int from, int count) {
    int end = (int) examples.size(0);
    int to = Math.min(end, from + count);
    List<INDArray> batches = new ArrayList<>();
    for (int i = from; i < to; i += 10) {
      batches.add(Batches.slice(examples, i, Math.min(to, i + 10)));
    }
    Iterator<INDArray> some = batches.iterator();
    return () ->
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            if (!some.hasNext() && to < end) {
              throw new IllegalStateException("killed");
            }
            return some.hasNext();
          }

          @Override
          public INDArray next() {
            return some.next();
          }
        };
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

  @Test
  void aCheckpointWhoseSumsWereCutOtherwiseIsRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("a.npz");
    MomentsPass pass = MomentsPass.all(wide(), true, PatchSampling.all());
    INDArray examples = noise(4, 100, 4, 6, 6).castTo(DataType.FLOAT);
    try (NetworkMoments begun = pass.begin()) {
      pass.run(begun, from -> List.of(examples), Optional.empty());
      begun.checkpoint(file);
    }
    Map<String, INDArray> arrays = NumpyArchive.read(file);
    arrays.computeIfPresent("conv/crossed", (name, sums) -> sums.slice(0).dup());
    NumpyArchive.write(file, arrays);
    assertThatThrownBy(() -> pass.resume(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a.npz: 'crossed' is [3, ")
        .hasMessageContaining("delete it");
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
    layers.put("relu", Activation.RELU);
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

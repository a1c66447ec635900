package org.explain4j.models.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.explain4j.api.Model;
import org.explain4j.network.Network;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Random models of every layer, in every layout of files, give what plain loops give. */
class RandomKerasTest {
  private static final int IN_CI = 50;
  private static final int ALL = 300;

  @TempDir Path folder;

  @Test
  void fiftyRandomModelsGiveWhatLoopsGive() throws IOException {
    for (int seed = 1; seed <= IN_CI; seed++) {
      assertReproduced(seed);
    }
  }

  @Test
  @Tag("exhaustive")
  void threeHundredRandomModelsOfAllLayersGiveWhatLoopsGive() throws IOException {
    Set<String> met = new HashSet<>();
    for (int seed = 1; seed <= ALL; seed++) {
      assertReproduced(seed);
      new RandomKeras(seed).net().entries().forEach(entry -> met.add(entry.type()));
    }
    assertThat(met).hasSize(27);
  }

  private void assertReproduced(int seed) throws IOException {
    KerasNet net = new RandomKeras(seed).net();
    Path file = written(net, seed);
    SlowArray example = example(net, seed);
    Model model = new KerasReader().read(file);
    Network network = model.network();
    INDArray input =
        Nd4j.createFromArray(ours(net, example).data())
            .castTo(DataType.FLOAT)
            .reshape(
                'c',
                IntStream.concat(
                        IntStream.of(1), network.inputShape().stream().mapToInt(Long::intValue))
                    .mapToLong(i -> i)
                    .toArray());
    boolean scaled = model.notes().stream().anyMatch(note -> note.contains("became preprocessing"));
    INDArray ready = scaled ? model.preprocessing().apply(input.div(255)) : input;
    double[] logits = network.logits(ready).ravel().toDoubleVector();
    double[] expected = SlowKeras.run(net, example).data();
    double largest = Math.max(1, Arrays.stream(expected).map(Math::abs).max().orElseThrow());
    assertThat(logits).as("seed " + seed).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(logits[i] / largest)
          .as("seed %d, %s", seed, net.entries().stream().map(KerasNet.Entry::type).toList())
          .isCloseTo(expected[i] / largest, within(1e-5));
    }
  }

  private Path written(KerasNet net, int seed) throws IOException {
    int version = seed % 2 + 2;
    if (seed % 3 == 0) {
      Path file = folder.resolve(seed + ".keras");
      KerasFiles.saveKeras(file, net, version, folder);
      return file;
    }
    Path file = folder.resolve(seed + ".h5");
    KerasFiles.saveH5(file, net, version);
    return file;
  }

  /** Bytes for models that begin with a scaling, else numbers about zero. */
  private static SlowArray example(KerasNet net, int seed) {
    boolean bytes = List.of("Rescaling", "Normalization").contains(net.entries().get(0).type());
    SplittableRandom random = new SplittableRandom(seed);
    return SlowArray.zeros(net.inputShape())
        .map(v -> bytes ? random.nextInt(256) : (float) random.nextDouble(-1, 1));
  }

  /** With its axes in the order of the network's. */
  private static SlowArray ours(KerasNet net, SlowArray example) {
    return example.rank() < 3
        ? example
        : example.permuted(
            KerasInput.of(KerasLayer.model(net.json(2))).order().stream()
                .mapToInt(axis -> axis)
                .toArray());
  }
}

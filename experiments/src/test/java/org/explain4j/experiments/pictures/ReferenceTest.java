package org.explain4j.experiments.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.explain4j.api.Catalog;
import org.explain4j.api.Model;
import org.explain4j.api.Patterns;
import org.explain4j.api.PictureReader;
import org.explain4j.api.Preprocessing;
import org.explain4j.api.Progress;
import org.explain4j.experiments.results.MomentsFile;
import org.explain4j.experiments.results.MomentsFile.About;
import org.explain4j.methods.estimators.Linear;
import org.explain4j.network.files.WholeFile;
import org.explain4j.network.numpy.NumpyArchive;
import org.explain4j.network.numpy.NumpyStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class ReferenceTest {
  @TempDir private Path folder;

  private final Model model = TinyModel.with(Preprocessing.none());
  private Path cache;

  /** Twelve pictures whose first pixel is the signal, and the others noise of a fixed pattern. */
  private final INDArray pixels = Nd4j.createUninitialized(DataType.FLOAT, 12, 1, 2, 2);

  @BeforeEach
  void fill() {
    cache = folder.resolve("cache");
    for (int i = 0; i < pixels.length(); i++) {
      pixels.putScalar(i, (i * 7 % 11) / 11.0);
    }
  }

  private Reference reference(Path given) throws IOException {
    return Reference.of(
        given, model, new PictureFiles(Catalog.of(PictureReader.class)), cache, Progress.silent());
  }

  private Patterns patterns(Path given) throws IOException {
    return reference(given)
        .subject()
        .patterns()
        .patterns(new Linear(), model.network().node("dense"));
  }

  private Path npy(String name, INDArray array) throws IOException {
    Path file = folder.resolve(name);
    WholeFile.write(file, out -> NumpyStream.write(out, array));
    return file;
  }

  private Path moments(Map<String, String> facts, List<Integer> shards, int count)
      throws IOException {
    Path file = folder.resolve("moments.npz");
    MomentsFile.pack(file, new About(facts, shards, count), Map.of());
    return file;
  }

  private Map<String, String> facts() {
    return Map.of(
        "network", model.fingerprint(), "preprocessing", model.preprocessing().toString());
  }

  @Test
  void picturesInAnArrayGiveTheSamePatternsInEveryFormAndFromTheCache() throws IOException {
    Patterns fromNpy = patterns(npy("pixels.npy", pixels));
    Path npz = folder.resolve("pixels.npz");
    NumpyArchive.write(npz, writer -> writer.put("images", pixels.castTo(DataType.DOUBLE)));
    assertThat(patterns(npz)).isEqualTo(fromNpy);
    try (Stream<Path> kept = Files.list(cache.resolve("moments"))) {
      assertThat(kept).hasSize(2);
    }
    assertThat(patterns(npz)).isEqualTo(fromNpy);
    INDArray seen = reference(npz).subject().reference().get();
    assertThat(seen).isEqualTo(pixels);
  }

  @Test
  void withoutAPlaceForTheCacheTheMomentsServeThisOnce() throws IOException {
    Files.writeString(cache, "a file where the folder should be");
    assertThat(patterns(npy("pixels.npy", pixels)).positive().maxNumber().doubleValue()).isFinite();
  }

  @Test
  void pixelsBeyondZeroAndOneAreRefusedWithWhatToDo() throws IOException {
    assertThatThrownBy(() -> reference(npy("bytes.npy", pixels.mul(255))))
        .hasMessageContaining("go from 0")
        .hasMessageContaining("Maybe divide them by 255.");
    assertThatThrownBy(() -> reference(npy("centred.npy", pixels.sub(0.5))))
        .hasMessageContaining("go from -0.5")
        .hasMessageContaining("before the network's preprocessing");
    INDArray half = pixels.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(0, 1));
    assertThatThrownBy(() -> reference(npy("half.npy", half)))
        .hasMessageContaining("There are no pictures of shape [n, 1, 2, 2] in it.");
  }

  @Test
  void momentsOfAnotherNetworkOrPreprocessingOrWithAShardMissingAreRefused() throws IOException {
    Map<String, String> network = Map.of("network", "other");
    assertThatThrownBy(() -> reference(moments(network, List.of(1), 1)))
        .hasMessageContaining("the moments of another network, with SHA-256 other, not tiny");
    Map<String, String> scaled =
        Map.of("network", model.fingerprint(), "preprocessing", "Preprocessing[scale=255]");
    assertThatThrownBy(() -> reference(moments(scaled, List.of(1), 1)))
        .hasMessageContaining("the moments of another preprocessing, Preprocessing[scale=255]");
    assertThatThrownBy(() -> reference(moments(facts(), List.of(1), 2)))
        .hasMessageContaining("shard 2/2 is missing");
  }
}

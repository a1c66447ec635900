package org.explain4j.experiments.pictures;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.explain4j.api.Model;
import org.explain4j.api.Patterns;
import org.explain4j.api.Progress;
import org.explain4j.api.SignalEstimator;
import org.explain4j.api.Subject;
import org.explain4j.experiments.results.CellHash;
import org.explain4j.experiments.results.MomentsFile;
import org.explain4j.experiments.setup.Returned;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.files.Reason;
import org.explain4j.network.moments.LayerMoments;
import org.explain4j.network.moments.NetworkMoments;
import org.explain4j.network.moments.PatchSampling;
import org.explain4j.network.numpy.NumpyArchive;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of a network's data, for methods that need some: moments for patterns, and
 * pictures. Moments of pictures are kept in the cache, by everything that they depend on.
 */
public final class Reference {
  /** Fewer pictures say little of what the network meets. */
  private static final int FEW = 100;

  /** Pictures for methods that average over the data. */
  private static final int EXAMPLES = 100;

  private static final int BATCH = 25;
  private static final Logger LOG = LoggerFactory.getLogger(Reference.class);

  private final Model model;
  private final Path cache;
  private final Progress progress;
  private final Optional<ReferencePictures> pictures;
  private NetworkMoments moments;

  Reference(Model model, Path cache, Progress progress, Optional<ReferencePictures> pictures) {
    this.model = model;
    this.cache = cache;
    this.progress = progress;
    this.pictures = pictures;
  }

  /**
   * What a user gives.
   *
   * @param given a folder of pictures, an array of pictures ({@code .npy}, {@code .npz}), or
   *     moments that {@code explain moments} wrote
   * @throws IOException if it cannot be read, or belongs to another network
   */
  static Reference of(Path given, Model model, PictureFiles readers, Path cache, Progress progress)
      throws IOException {
    List<Long> shape = model.network().inputShape();
    if (!Files.isDirectory(given) && given.toString().endsWith(".npz") && isMoments(given)) {
      Reference reference = new Reference(model, cache, progress, Optional.empty());
      reference.moments = momentsIn(given, model);
      return reference;
    }
    boolean arrays = given.toString().matches(".*\\.np[yz]");
    ReferencePictures pictures =
        arrays && !Files.isDirectory(given)
            ? ReferencePictures.of(given, shape)
            : ReferencePictures.of(readers.find(List.of(given.toString())), readers, shape);
    return new Reference(model, cache, progress, Optional.of(pictures));
  }

  private static boolean isMoments(Path file) throws IOException {
    return NumpyArchive.names(file).contains("about");
  }

  private static NetworkMoments momentsIn(Path file, Model model) throws IOException {
    MomentsFile.About about = MomentsFile.about(file);
    about.requireAll(file.toString());
    requireSame(file, "network, with SHA-256", about.facts().get("network"), model.fingerprint());
    requireSame(
        file,
        "preprocessing,",
        about.facts().get("preprocessing"),
        model.preprocessing().toString());
    Map<String, LayerMoments> layers = new HashMap<>();
    Path part = Files.createTempFile("explain4j-moments", ".npz");
    try {
      for (Node node : model.network().linearNodes()) {
        MomentsFile.unpack(file, "A/" + node.name(), part);
        layers.put(node.name(), LayerMoments.load(part, (LinearLayer) node.layer()));
      }
    } finally {
      Files.deleteIfExists(part);
    }
    return NetworkMoments.of(model.network(), layers);
  }

  private static void requireSame(Path file, String what, String found, String expected)
      throws IOException {
    if (!expected.equals(found)) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s: These are the moments of another %s %s, not %s.\nMaybe collect them with 'explain moments' for this one.",
              file,
              what,
              found,
              expected));
    }
  }

  /** The network with what is known of its data. */
  Subject subject() {
    return new Subject(model.network(), this::patterns, this::examples);
  }

  /** What the reader must know, if there are too few pictures. */
  Optional<String> warning() {
    return pictures
        .map(ReferencePictures::count)
        .filter(count -> count < FEW)
        .map(
            count ->
                String.format(
                    Locale.ROOT,
                    "The reference has only %d different pictures. Patterns of dense layers need about as many as a layer has inputs: give some hundreds with --reference, or do not trust pattern-net and pattern-attribution here.",
                    count));
  }

  private Patterns patterns(SignalEstimator estimator, Node node) {
    LinearLayer layer = (LinearLayer) node.layer();
    return Returned.patterns(
        estimator.patterns(
            node.name(), layer, model.network().isLogits(node), moments().layer(node.name())),
        estimator,
        node.name(),
        layer);
  }

  private NetworkMoments moments() {
    if (moments == null) {
      try {
        moments = collected(pictures.orElseThrow());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return moments;
  }

  private NetworkMoments collected(ReferencePictures from) throws IOException {
    Path file = cache.resolve("moments").resolve(hash(from) + ".npz");
    if (Files.exists(file)) {
      try {
        return NetworkMoments.load(file, model.network());
      } catch (IOException e) {
        LOG.warn("Cached moments are damaged and are collected again: {}", e.getMessage());
      }
    }
    String task = "moments of " + from.count() + " reference pictures";
    NetworkMoments collected = NetworkMoments.empty(model.network(), node -> false);
    for (int at = 0; at < from.count(); at += BATCH) {
      progress.step(task, at, from.count(), "");
      try (INDArray batch = inputs(from, at, Math.min(from.count(), at + BATCH))) {
        collected.add(batch, PatchSampling.all());
      }
    }
    collected.complete();
    progress.step(task, from.count(), from.count(), "");
    keep(collected, file);
    return collected;
  }

  /** Without a cache the next call takes as long as this one, and that is all. */
  private static void keep(NetworkMoments moments, Path file) {
    try {
      Files.createDirectories(file.getParent());
      moments.save(file);
    } catch (IOException e) {
      LOG.warn(
          "The moments cannot be kept for the next call: {}. Maybe name another folder in EXPLAIN4J_CACHE.",
          Reason.of(e));
    }
  }

  private String hash(ReferencePictures from) {
    return CellHash.of(
            model.fingerprint(),
            model.preprocessing(),
            from.fingerprint(),
            CellHash.ofCode(Network.class))
        .substring(0, 40);
  }

  private INDArray examples() {
    ReferencePictures from =
        pictures.orElseThrow(
            () ->
                new IllegalArgumentException(
                    "This method needs pictures, not moments alone.\n"
                        + "Maybe give a folder of them with --reference."));
    return inputs(from, 0, Math.min(EXAMPLES, from.count()));
  }

  private INDArray inputs(ReferencePictures from, int first, int end) {
    try (INDArray pixels = from.pixels(first, end)) {
      return model.preprocessing().apply(pixels);
    }
  }
}

package org.explain4j.datasets.idx;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.explain4j.api.Dataset;
import org.explain4j.api.DatasetProvider;
import org.explain4j.api.Download;
import org.explain4j.datasets.ByteImages;

/**
 * Fashion-MNIST (Xiao, Rasul, Vollgraf 2017, arXiv 1708.07747): grey images {@code [1,28,28]} of
 * clothes in ten classes.
 *
 * <p>What is read depends only on these settings, never on what a machine has installed. The
 * dataset's name and fingerprint say which images were read.
 *
 * @param images {@code embedded}: the first 1,000 training and 200 test images of each class, in
 *     their original order, part of this jar; {@code full}: all 60,000 and 10,000, from where
 *     {@code explain download fashion-mnist} puts them, or else from Debian's package {@code
 *     dataset-fashion-mnist}
 * @param directory a folder with the four IDX files, compressed or not; if given, all its images
 *     are read, whatever {@code images} says; relative to the experiment file
 */
public record FashionMnist(Images images, String directory) implements DatasetProvider {
  private static final Path DEBIAN = Path.of("/usr/share/datasets/fashion-mnist");
  private static final List<String> CLASSES =
      List.of(
          "t-shirt",
          "trouser",
          "pullover",
          "dress",
          "coat",
          "sandal",
          "shirt",
          "sneaker",
          "bag",
          "ankle boot");

  /** Which part of the data. */
  public enum Images {
    EMBEDDED,
    FULL
  }

  public FashionMnist() {
    this(Images.EMBEDDED, "");
  }

  @Override
  public String id() {
    return "fashion-mnist";
  }

  @Override
  public String summary() {
    return "Clothes in 10 classes, grey 28x28 (Xiao et al. 2017); 10,000 + 2,000 images embedded";
  }

  @Override
  public Dataset open(Path base) throws IOException {
    return open(base, places());
  }

  /**
   * @param places where the full set may be; the first that exists is used
   */
  Dataset open(Path base, List<Path> places) throws IOException {
    if (!directory.isEmpty()) {
      return IdxFolder.open("fashion-mnist (full, %d + %d)", base.resolve(directory), CLASSES);
    }
    if (images == Images.EMBEDDED) {
      return embedded();
    }
    Path place =
        installed(places).orElseThrow(() -> new FileNotFoundException(notInstalled(places)));
    return IdxFolder.open("fashion-mnist (full, %d + %d)", place, CLASSES);
  }

  /** Of the sets in this format, that whose folder says so. */
  @Override
  public Optional<DatasetProvider> reading(Path data, List<Long> inputShape) {
    return IdxFolder.isIn(data) && data.toString().toLowerCase(Locale.ROOT).contains("fashion")
        ? Optional.of(new FashionMnist(images, data.toString()))
        : Optional.empty();
  }

  @Override
  public Map<String, String> missingFiles(Path base) {
    if (!directory.isEmpty()) {
      return IdxFolder.missing(id(), base.resolve(directory));
    }
    return images == Images.EMBEDDED || installed(places()).isPresent()
        ? Map.of()
        : Map.of("images", notInstalled(places()));
  }

  private List<Path> places() {
    return List.of(Download.folder(id()), DEBIAN);
  }

  private static Optional<Path> installed(List<Path> places) {
    return places.stream().filter(Files::isDirectory).findFirst();
  }

  private static String notInstalled(List<Path> places) {
    return String.format(
        Locale.ROOT,
        """
        No directory is given for the full Fashion-MNIST, and it is not in %s.
        Maybe run "apt install dataset-fashion-mnist" or "explain download fashion-mnist", \
        or set dataset.directory, or set dataset.images to embedded.\
        """,
        places);
  }

  private static Dataset embedded() throws IOException {
    ByteImages train = embedded("train", "train-10000");
    ByteImages test = embedded("test", "t10k-2000");
    return IdxFolder.dataset("fashion-mnist (embedded, %d + %d)", train, test, CLASSES);
  }

  private static ByteImages embedded(String title, String file) throws IOException {
    return Idx.images(
        title,
        Idx.Source.resource(file + "-images-idx3-ubyte.gz"),
        Idx.Source.resource(file + "-labels-idx1-ubyte.gz"),
        CLASSES.size());
  }
}

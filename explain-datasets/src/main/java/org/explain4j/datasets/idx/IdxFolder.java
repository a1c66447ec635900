package org.explain4j.datasets.idx;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.explain4j.api.Dataset;
import org.explain4j.datasets.ByteImages;

/** The four files of MNIST and datasets in its format, under their usual names. */
final class IdxFolder {
  private IdxFolder() {}

  /**
   * @param name with two {@code %d}, for the numbers of training and test images
   */
  static Dataset open(String name, Path folder, List<String> classNames) throws IOException {
    try {
      ByteImages train = split("train", folder, "train", classNames.size());
      ByteImages test = split("test", folder, "t10k", classNames.size());
      return dataset(name, train, test, classNames);
    } catch (FileNotFoundException e) {
      throw new IOException(e.getMessage() + advice(name.substring(0, name.indexOf(' '))), e);
    }
  }

  /** What {@code missingFiles} says of the folder. */
  static Map<String, String> missing(String id, Path folder) {
    return Files.isDirectory(folder)
        ? Map.of()
        : Map.of(
            "directory",
            String.format(Locale.ROOT, "There is no folder '%s'.", folder) + advice(id));
  }

  /** Whether a folder has these files. */
  static boolean isIn(Path folder) {
    return Stream.of("train-images-idx3-ubyte", "t10k-labels-idx1-ubyte")
        .allMatch(
            name ->
                Files.exists(folder.resolve(name)) || Files.exists(folder.resolve(name + ".gz")));
  }

  private static String advice(String id) {
    return String.format(
        Locale.ROOT, "\nMaybe set dataset.directory, or run \"explain download %s\".", id);
  }

  private static ByteImages split(String title, Path folder, String file, int classes)
      throws IOException {
    return Idx.images(
        title,
        Idx.Source.file(folder, file + "-images-idx3-ubyte"),
        Idx.Source.file(folder, file + "-labels-idx1-ubyte"),
        classes);
  }

  static Dataset dataset(String name, ByteImages train, ByteImages test, List<String> classNames)
      throws IOException {
    if (!train.shape().equals(test.shape())) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "Training images have the shape %s, test images %s.",
              train.shape(),
              test.shape()));
    }
    return new Dataset(
        String.format(Locale.ROOT, name, train.size(), test.size()),
        train.shape(),
        classNames,
        train,
        test,
        ByteImages.fingerprint(train, test));
  }
}

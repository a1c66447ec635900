package org.explain4j.experiments.pictures;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.explain4j.api.Dataset;
import org.explain4j.experiments.results.CellHash;
import org.explain4j.network.arrays.Batches;
import org.explain4j.network.files.Checksum;
import org.explain4j.network.numpy.NumpyArchive;
import org.explain4j.network.numpy.NumpyStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Pictures like those that a network was trained on.
 *
 * @param count of different pictures
 * @param fingerprint a hash of all of them
 * @param source gives those from a number (inclusive) to another (exclusive), in [0,1]
 */
record ReferencePictures(int count, String fingerprint, Source source) {

  /** Gives pictures, {@code [n,c,h,w]} in [0,1]; the caller closes them. */
  @FunctionalInterface
  interface Source {
    INDArray pixels(int from, int to) throws IOException;
  }

  INDArray pixels(int from, int to) {
    try {
      return source.pixels(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Pictures in files; copies of the same file count once. */
  static ReferencePictures of(List<Path> files, PictureFiles readers, List<Long> shape)
      throws IOException {
    Set<String> sums = new LinkedHashSet<>();
    List<Path> different = new ArrayList<>();
    for (Path file : files) {
      if (sums.add(Checksum.sha256().file(file).hex())) {
        different.add(file);
      }
    }
    return new ReferencePictures(
        different.size(),
        CellHash.of(String.join(" ", sums), shape),
        (from, to) -> {
          List<INDArray> pixels = new ArrayList<>();
          for (Path file : different.subList(from, to)) {
            pixels.add(readers.read(file, shape).pixels());
          }
          INDArray all = Nd4j.concat(0, pixels.toArray(INDArray[]::new));
          pixels.forEach(INDArray::close);
          return all;
        });
  }

  /** The first training images of a dataset. */
  static ReferencePictures of(Dataset data, int most) {
    int count = Math.min(most, data.train().size());
    return new ReferencePictures(
        count,
        CellHash.of(data.fingerprint(), count),
        (from, to) -> data.train().inputs(IntStream.range(from, to).toArray()));
  }

  /**
   * An array of pictures in [0,1], {@code [n,c,h,w]}, in a {@code .npy} file, or the first of that
   * shape in a {@code .npz} file.
   *
   * @throws IOException if there is none; the message says which shape is needed
   */
  static ReferencePictures of(Path file, List<Long> shape) throws IOException {
    Map<String, INDArray> arrays =
        file.toString().endsWith(".npz")
            ? NumpyArchive.read(file)
            : Map.of(file.toString(), NumpyStream.read(file));
    INDArray pictures =
        arrays.values().stream()
            .filter(array -> array.rank() == shape.size() + 1)
            .filter(array -> Arrays.stream(array.shape()).boxed().skip(1).toList().equals(shape))
            .findFirst()
            .orElseThrow(
                () ->
                    new IOException(
                        String.format(
                            Locale.ROOT,
                            "%s: There are no pictures of shape [n, %s] in it.\nMaybe save them so, with pixels from 0 to 1.",
                            file,
                            String.join(", ", shape.stream().map(String::valueOf).toList()))));
    double least = pictures.minNumber().doubleValue();
    double most = pictures.maxNumber().doubleValue();
    if (!(least >= 0 && most <= 1)) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s: Its pixels go from %s to %s, not from 0 to 1.\nMaybe %s.",
              file,
              least,
              most,
              least >= 0 && most <= 255
                  ? "divide them by 255"
                  : "save them as they were before the network's preprocessing"));
    }
    return new ReferencePictures(
        (int) pictures.size(0),
        Checksum.sha256().file(file).hex(),
        (from, to) -> Batches.slice(pictures, from, to).castTo(DataType.FLOAT));
  }
}

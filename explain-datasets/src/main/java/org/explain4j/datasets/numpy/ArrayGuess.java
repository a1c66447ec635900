package org.explain4j.datasets.numpy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.explain4j.api.DatasetProvider;
import org.explain4j.network.numpy.NumpyArchive;
import org.explain4j.network.numpy.NumpyArray;

/**
 * Which arrays of an archive or a folder are examples and which their labels: labels are one whole
 * number for each example, examples the array with the most axes among those of as many rows.
 *
 * @param arrays by reference, as {@link ArrayReference} reads it
 */
record ArrayGuess(Map<String, NumpyArray> arrays) {
  private static final Pattern TEST = Pattern.compile("test|val|t10k");
  private static final Pattern TRAIN = Pattern.compile("train");
  private static final int LOOKED_AT = 64;
  private static final double BYTES = 1 / 255.0;

  /** Examples and their labels, by reference. */
  record Pair(String inputs, String labels) {}

  /** Those of a {@code .npz} archive, a folder of {@code .npy} files, or one beside a file. */
  static ArrayGuess of(Path data) throws IOException {
    Map<String, NumpyArray> arrays = new LinkedHashMap<>();
    if (data.toString().endsWith(".npz")) {
      for (String name : NumpyArchive.names(data)) {
        arrays.put(data + ":" + name, NumpyArchive.array(data, name));
      }
    } else if (Files.isDirectory(data) || data.toString().endsWith(".npy")) {
      Path folder = Files.isDirectory(data) ? data : data.toAbsolutePath().getParent();
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".npy")).sorted().toList()) {
          arrays.put(file.toString(), NumpyArray.of(file));
        }
      }
    }
    return new ArrayGuess(arrays);
  }

  /** The settings that read the pairs; empty if there are none. */
  Optional<DatasetProvider> settings(double testShare, long seed) throws IOException {
    Optional<Pair> train = train();
    Optional<Pair> test = test();
    Optional<Pair> given = train.or(() -> test);
    Optional<Pair> other = train.isPresent() ? test : Optional.empty();
    if (given.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Npy(
            given.get().inputs(),
            given.get().labels(),
            other.map(Pair::inputs).orElse(""),
            other.map(Pair::labels).orElse(""),
            scale(given.get().inputs()),
            testShare,
            seed));
  }

  /** The pair whose names speak of training, or of neither training nor test. */
  private Optional<Pair> train() throws IOException {
    List<Pair> pairs = new ArrayList<>(pairs());
    pairs.removeIf(pair -> TEST.matcher(name(pair.inputs())).find());
    return pairs.stream()
        .max(Comparator.comparing(pair -> TRAIN.matcher(name(pair.inputs())).find()));
  }

  /** The pair whose names speak of a test. */
  private Optional<Pair> test() throws IOException {
    return pairs().stream().filter(pair -> TEST.matcher(name(pair.inputs())).find()).findFirst();
  }

  /**
   * What turns the values into pixels from 0 to 1: 1/255 if they go beyond 1 and are not negative.
   */
  private double scale(String inputs) throws IOException {
    double[] some = some(inputs);
    double least = Arrays.stream(some).min().orElse(0);
    double most = Arrays.stream(some).max().orElse(0);
    return arrays.get(inputs).shape().size() > 2 && least >= 0 && most > 1 && most <= 255
        ? BYTES
        : 1;
  }

  private double[] some(String reference) throws IOException {
    NumpyArray array = arrays.get(reference);
    return array.read(IntStream.range(0, Math.min(LOOKED_AT, array.rows())).toArray());
  }

  private List<Pair> pairs() throws IOException {
    List<Pair> pairs = new ArrayList<>();
    for (String labels : arrays.keySet()) {
      if (areLabels(labels)) {
        arrays.keySet().stream()
            .filter(inputs -> arrays.get(inputs).shape().size() >= 2 && !areOneEach(inputs))
            .filter(inputs -> arrays.get(inputs).rows() == arrays.get(labels).rows())
            .filter(inputs -> part(inputs).equals(part(labels)))
            .max(Comparator.comparingInt(inputs -> arrays.get(inputs).shape().size()))
            .ifPresent(inputs -> pairs.add(new Pair(inputs, labels)));
      }
    }
    return pairs;
  }

  private static String part(String reference) {
    String name = name(reference);
    return TEST.matcher(name).find() ? "test" : "train";
  }

  private boolean areLabels(String reference) throws IOException {
    return areOneEach(reference)
        && Arrays.stream(some(reference))
            .allMatch(value -> value >= 0 && value == Math.rint(value));
  }

  private boolean areOneEach(String reference) {
    List<Long> shape = arrays.get(reference).shape();
    return shape.size() == 1;
  }

  private static String name(String reference) {
    return reference.replaceFirst("(?s).*[/\\\\:]", "").toLowerCase(Locale.ROOT);
  }
}

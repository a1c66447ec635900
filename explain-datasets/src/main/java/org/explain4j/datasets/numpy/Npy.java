package org.explain4j.datasets.numpy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.explain4j.api.Dataset;
import org.explain4j.api.DatasetProvider;
import org.explain4j.api.Split;
import org.explain4j.datasets.Holdout;
import org.explain4j.network.files.Checksum;
import org.explain4j.network.numpy.NumpyArray;

/**
 * Arrays that Python saved. Each setting that names an array is a {@code .npy} file, or {@code
 * FILE.npz:NAME} for an array of an archive; paths are relative to the experiment file. A {@code
 * .npy} file is read row by row and may be larger than memory.
 *
 * @param inputs {@code [n,c,h,w]} or {@code [n,d]} in C order, of any number type up to float64
 * @param labels {@code [n]}, classes from 0
 * @param testInputs likewise for the test split; empty to take it from the inputs
 * @param testLabels likewise
 * @param scale what inputs are multiplied by: 0.00392156862745098 (1/255) turns bytes into pixels
 * @param testShare which part of the inputs is the test split, if it has no array of its own
 * @param seed of the draw of that part
 */
public record Npy(
    String inputs,
    String labels,
    String testInputs,
    String testLabels,
    double scale,
    double testShare,
    long seed)
    implements DatasetProvider {
  private static final int CHUNK = 1 << 20;

  public Npy() {
    this("", "", "", "", 1, 0.2, 1);
  }

  public Npy {
    new Holdout(testShare, seed);
    if (!Double.isFinite(scale) || scale == 0) {
      throw new IllegalArgumentException(
          "The scale (%s) must be a number other than 0.\nMaybe set dataset.scale to 1."
              .formatted(scale));
    }
    if (testInputs.isEmpty() != testLabels.isEmpty()) {
      throw new IllegalArgumentException(
          "Test inputs ('%s') and test labels ('%s') go together.\nMaybe set dataset.%s."
              .formatted(
                  testInputs, testLabels, testInputs.isEmpty() ? "test-inputs" : "test-labels"));
    }
  }

  @Override
  public String id() {
    return "npy";
  }

  @Override
  public String summary() {
    return "Inputs and labels from numpy's .npy and .npz files";
  }

  @Override
  public Dataset open(Path base) throws IOException {
    if (inputs.isEmpty() || labels.isEmpty()) {
      throw new IOException(notGiven());
    }
    Checksum fingerprint = Checksum.sha256().item("scale " + scale);
    List<String> notes = new ArrayList<>();
    LabelledRows all = examples(base, inputs, labels, fingerprint, notes);
    Split train;
    Split test;
    int classes = classes(all);
    if (testInputs.isEmpty()) {
      Holdout holdout = new Holdout(testShare, seed);
      fingerprint.item(holdout.toString());
      train = holdout.train(all);
      test = holdout.test(all);
    } else {
      LabelledRows tested = examples(base, testInputs, testLabels, fingerprint, notes);
      if (!shape(all).equals(shape(tested))) {
        throw new IOException(
            "Inputs have the shape %s, test inputs %s.".formatted(shape(all), shape(tested)));
      }
      classes = Math.max(classes, classes(tested));
      train = all;
      test = tested;
    }
    List<String> names = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    String name = "npy (%s, %d + %d)".formatted(inputs, train.size(), test.size());
    return new Dataset(name, shape(all), names, train, test, fingerprint.hex(), notes);
  }

  @Override
  public Map<String, String> missingFiles(Path base) {
    Map<String, String> references = new LinkedHashMap<>();
    references.put("inputs", inputs);
    references.put("labels", labels);
    references.put("test-inputs", testInputs);
    references.put("test-labels", testLabels);
    Map<String, String> missing = new LinkedHashMap<>();
    references.forEach(
        (setting, reference) -> {
          if (!reference.isEmpty() && !Files.isRegularFile(ArrayReference.file(base, reference))) {
            missing.put(setting, ArrayReference.missing(base, reference));
          } else if (reference.isEmpty() && !setting.startsWith("test-")) {
            missing.put(setting, notGiven());
          }
        });
    return missing;
  }

  private String notGiven() {
    return "The inputs ('%s') or the labels ('%s') are not given.\nMaybe set dataset.inputs and dataset.labels to .npy files."
        .formatted(inputs, labels);
  }

  private static List<Long> shape(LabelledRows examples) {
    List<Long> shape = examples.array().shape();
    return shape.subList(1, shape.size());
  }

  private static int classes(LabelledRows examples) {
    return 1 + Arrays.stream(examples.classes()).max().orElse(0);
  }

  private LabelledRows examples(
      Path base, String inputs, String labels, Checksum fingerprint, List<String> notes)
      throws IOException {
    NumpyArray array = ArrayReference.open(base, inputs);
    if (array.shape().size() != 2 && array.shape().size() != 4) {
      throw new IOException(
          "%s has the shape %s; examples are [n,c,h,w] or [n,d]."
              .formatted(array.name(), array.shape()));
    }
    int[] classes = ClassLabels.read(ArrayReference.open(base, labels));
    if (array.rows() != classes.length) {
      throw new IOException(
          "%s has %d rows, %s has %d labels."
              .formatted(array.name(), array.rows(), labels, classes.length));
    }
    check(array, fingerprint, notes);
    fingerprint.item(Arrays.toString(classes));
    return new LabelledRows(array, classes, scale);
  }

  /** Reads all numbers once: for the fingerprint, and to find what no network can take. */
  private void check(NumpyArray array, Checksum fingerprint, List<String> notes)
      throws IOException {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    fingerprint.item(array.shape().toString());
    int step = Math.max(1, CHUNK / Math.max(1, array.width()));
    for (int from = 0; from < array.rows(); from += step) {
      int to = Math.min(array.rows(), from + step);
      double[] values = array.read(IntStream.range(from, to).toArray());
      ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES);
      for (int i = 0; i < values.length; i++) {
        if (!Double.isFinite(values[i])) {
          throw new IOException(
              "%s has %s in row %d.\nMaybe leave that row out."
                  .formatted(array.name(), values[i], from + i / array.width()));
        }
        low = Math.min(low, scale * values[i]);
        high = Math.max(high, scale * values[i]);
        bytes.putDouble(values[i]);
      }
      fingerprint.item(bytes.array());
    }
    if (array.shape().size() == 4 && (low < 0 || high > 1 + 1e-6)) {
      notes.add(
          "Inputs of %s go from %s to %s, beyond the pixels' range of 0 to 1: they are taken as they are."
              .formatted(array.name(), (float) low, (float) high));
    }
  }
}

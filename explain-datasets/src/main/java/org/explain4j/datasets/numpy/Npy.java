package org.explain4j.datasets.numpy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.explain4j.api.Dataset;
import org.explain4j.api.DatasetProvider;
import org.explain4j.api.Labelling;
import org.explain4j.api.Split;
import org.explain4j.datasets.FirstLabel;
import org.explain4j.datasets.Holdout;
import org.explain4j.network.files.Checksum;
import org.explain4j.network.numpy.NumpyArray;

/**
 * Arrays that Python saved. Each setting that names an array is a {@code .npy} file, or {@code
 * FILE.npz:NAME} for an array of an archive; paths are relative to the experiment file. A {@code
 * .npy} file is read row by row and may be larger than memory.
 *
 * @param inputs {@code [n,c,h,w]}, {@code [n,h,w,c]}, {@code [n,h,w]} or {@code [n,d]} in C order,
 *     of any number type up to float64
 * @param labels {@code [n]}, numbers of classes
 * @param firstLabel the label of the first class: 0, or 1 in data from MATLAB
 * @param testInputs likewise for the test split; empty to take it from the inputs
 * @param testLabels likewise
 * @param masks where the objects are, {@code [n,h,w]} or {@code [n,1,h,w]}, non-zero inside; empty
 *     for none
 * @param testMasks likewise
 * @param layout of arrays with four axes
 * @param scale what inputs are multiplied by: 0.00392156862745098 (1/255) turns bytes into pixels.
 *     Networks start from pixels in [0,1], which {@code model.file.preprocessing} turns into their
 *     inputs
 * @param testShare share of the inputs that becomes the test split, if that has no array of its own
 * @param seed of the draw of that part
 */
public record Npy(
    String inputs,
    String labels,
    int firstLabel,
    String testInputs,
    String testLabels,
    String masks,
    String testMasks,
    ImageLayout layout,
    double scale,
    double testShare,
    long seed)
    implements DatasetProvider {
  private static final Set<String> NEEDED = Set.of("inputs", "labels");

  public Npy() {
    this("", "", "", "", 1, 0.2, 1);
  }

  public Npy {
    new Holdout(testShare, seed);
    FirstLabel.require(firstLabel);
    if (!Double.isFinite(scale) || scale == 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The scale (%s) must be a number other than 0.\nMaybe set npy.scale to 1.",
              scale));
    }
    if (testInputs.isEmpty() != testLabels.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s ('%s') needs %s as well.",
              testInputs.isEmpty() ? "test-labels" : "test-inputs",
              testInputs.isEmpty() ? testLabels : testInputs,
              testInputs.isEmpty() ? "test-inputs" : "test-labels"));
    }
    if (!testMasks.isEmpty() && testInputs.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "test-masks ('%s') needs test-inputs as well.", testMasks));
    }
  }

  /** Labels counted from 0, images in the layout that their lengths suggest, no masks. */
  public Npy(
      String inputs,
      String labels,
      String testInputs,
      String testLabels,
      double scale,
      double testShare,
      long seed) {
    this(
        inputs,
        labels,
        0,
        testInputs,
        testLabels,
        "",
        "",
        ImageLayout.AUTO,
        scale,
        testShare,
        seed);
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
    Checksum fingerprint = Checksum.sha256().item("scale " + scale + ", " + layout);
    Set<String> notes = new LinkedHashSet<>();
    LabelledRows all = new Reading(base, fingerprint, notes).rows(inputs, labels, masks);
    Split train;
    Split test;
    int classes = classes(all);
    if (testInputs.isEmpty()) {
      Holdout holdout = new Holdout(testShare, seed);
      fingerprint.item(holdout.toString());
      train = holdout.train(all);
      test = holdout.test(all);
    } else {
      LabelledRows tested =
          new Reading(base, fingerprint, notes).rows(testInputs, testLabels, testMasks);
      if (!all.example().equals(tested.example())) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "Inputs have the shape %s, test-inputs %s.",
                all.example(),
                tested.example()));
      }
      classes = Math.max(classes, classes(tested));
      train = all;
      test = tested;
    }
    List<String> names = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    String name =
        String.format(Locale.ROOT, "npy (%s, %d + %d)", inputs, train.size(), test.size());
    return new Dataset(
        name,
        all.example(),
        names,
        new Labelling.Stated(),
        train,
        test,
        fingerprint.hex(),
        List.copyOf(notes));
  }

  @Override
  public Optional<DatasetProvider> reading(Path data, List<Long> inputShape) throws IOException {
    return ArrayGuess.of(data).settings(testShare, seed);
  }

  @Override
  public Map<String, String> missingFiles(Path base) {
    Map<String, String> references = new LinkedHashMap<>();
    references.put("inputs", inputs);
    references.put("labels", labels);
    references.put("test-inputs", testInputs);
    references.put("test-labels", testLabels);
    references.put("masks", masks);
    references.put("test-masks", testMasks);
    Map<String, String> missing = new LinkedHashMap<>();
    references.forEach(
        (setting, reference) -> {
          if (!reference.isEmpty() && !Files.isRegularFile(ArrayReference.file(base, reference))) {
            missing.put(setting, ArrayReference.missing(base, reference));
          } else if (reference.isEmpty() && NEEDED.contains(setting)) {
            missing.put(setting, notGiven());
          }
        });
    return missing;
  }

  private String notGiven() {
    return String.format(
        Locale.ROOT,
        "The inputs ('%s') or the labels ('%s') are missing.\n"
            + "Maybe set npy.inputs and npy.labels to .npy files.",
        inputs,
        labels);
  }

  private static int classes(LabelledRows examples) {
    return 1 + Arrays.stream(examples.classes()).max().orElse(0);
  }

  /** Opens arrays, and collects notes about them. */
  private final class Reading {
    private final Path base;
    private final Checksum fingerprint;
    private final Set<String> notes;

    private Reading(Path base, Checksum fingerprint, Set<String> notes) {
      this.base = base;
      this.fingerprint = fingerprint;
      this.notes = notes;
    }

    private LabelledRows rows(String inputs, String labels, String masks) throws IOException {
      NumpyArray array = ArrayReference.open(base, inputs);
      int axes = array.shape().size();
      if (axes < 2 || axes > 4) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "%s has the shape %s; examples must be [n,c,h,w], [n,h,w,c], [n,h,w] or [n,d].",
                inputs,
                array.shape()));
      }
      int[] classes = ClassLabels.read(labels, ArrayReference.open(base, labels), firstLabel);
      requireRows(inputs, array, labels, classes.length);
      Optional<NumpyArray> inside = masks(inputs, array, masks);
      Range range = Range.of(inputs, array, fingerprint);
      fingerprint.item(Arrays.toString(classes));
      say(inputs, array);
      if (axes > 2) {
        range.warning(inputs, scale).ifPresent(notes::add);
      }
      return new LabelledRows(inputs, array, layout, classes, inside, scale);
    }

    private void requireRows(String inputs, NumpyArray array, String other, int rows)
        throws IOException {
      if (array.rows() != rows) {
        throw new IOException(
            String.format(
                Locale.ROOT, "%s has %d rows, %s has %d.", inputs, array.rows(), other, rows));
      }
    }

    private void say(String inputs, NumpyArray array) {
      if (layout.isChannelsLast(array.shape())) {
        notes.add(
            String.format(
                Locale.ROOT,
                "%s of shape %s is taken as [n,h,w,c], channels last.",
                inputs,
                array.shape()));
      } else if (array.shape().size() == 3) {
        notes.add(
            String.format(
                Locale.ROOT,
                "%s of shape %s is taken as [n,h,w], images of one channel.",
                inputs,
                array.shape()));
      }
    }

    private Optional<NumpyArray> masks(String inputs, NumpyArray array, String masks)
        throws IOException {
      if (masks.isEmpty()) {
        return Optional.empty();
      }
      NumpyArray inside = ArrayReference.open(base, masks);
      requireRows(inputs, array, masks, inside.rows());
      List<Long> image = layout.example(array.shape());
      List<Long> shape = inside.shape();
      int axes = shape.size();
      boolean flat = axes == 3 || (axes == 4 && shape.get(1) == 1);
      if (!flat
          || image.size() != 3
          || !shape.subList(axes - 2, axes).equals(image.subList(1, 3))) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "%s has the shape %s; masks of images %s must be [n,h,w].",
                masks,
                shape,
                image));
      }
      Range.of(masks, inside, fingerprint);
      return Optional.of(inside);
    }
  }
}

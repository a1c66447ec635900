package org.explain4j.datasets.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.explain4j.api.Dataset;
import org.explain4j.api.DatasetProvider;
import org.explain4j.api.Split;
import org.explain4j.datasets.Holdout;
import org.explain4j.network.files.Checksum;

/**
 * Photographs in a folder or zip archive, {@code [3,crop,crop]} RGB in [0,1], decoded batch by
 * batch, so that their number is not limited by memory. Opening decodes each of them once: what
 * cannot be read is left out, counted and named in the dataset's notes. ImageIO and TwelveMonkeys
 * decode JPEG (CMYK as well), PNG, GIF and BMP. Embedded orientations are ignored.
 *
 * <p>With a table of labels, its files are the images. Without, folders are classes: {@code
 * CLASS/...}, or {@code train/CLASS/...} and {@code test/CLASS/...} (or {@code val}, {@code valid},
 * {@code validation}).
 *
 * @param path the folder or zip archive, relative to the experiment file
 * @param labels a CSV table, in the store or relative to the experiment file: columns {@code file},
 *     {@code class_index} or {@code class}, optionally {@code name} and {@code part}; empty for
 *     {@code labels.csv}, if the store has one
 * @param classes a text file, in the store or relative to the experiment file, with one class per
 *     line (key, blank, name), which gives their order and names; {@code imagenet} for the 1,000 of
 *     ImageNet's challenge by synset id; empty for the keys in alphabetic order
 * @param resize length that the short side gets; 0 to leave images as they are
 * @param crop side of the square cut from the middle; 0 to take whole images, which must then be of
 *     one size. What is smaller is enlarged
 * @param channels 3, or 1 for grey
 * @param perClass how many images of each class and part are taken, the first by name; 0 for all
 * @param testShare which part of the images is the test split, where the source has no parts
 * @param seed of the draw of that part
 */
public record ImageFolder(
    String path,
    String labels,
    String classes,
    int resize,
    int crop,
    int channels,
    int perClass,
    double testShare,
    long seed)
    implements DatasetProvider {
  private static final String USUAL_LABELS = "labels.csv";
  private static final String NO_PATH =
      "No images are given.\nMaybe set dataset.path to a folder or a zip archive.";

  public ImageFolder() {
    this("", "", "", 256, 224, 3, 0, 0.2, 1);
  }

  public ImageFolder {
    new Framing(resize, crop, channels);
    new Holdout(testShare, seed);
    if (perClass < 0) {
      throw new IllegalArgumentException(
          "%d images per class are too few.\nMaybe set dataset.per-class to 0 for all."
              .formatted(perClass));
    }
  }

  @Override
  public String id() {
    return "image-folder";
  }

  @Override
  public String summary() {
    return "Images in a folder or zip archive, classes by folder or labels.csv";
  }

  @Override
  public Dataset open(Path base) throws IOException {
    if (path.isEmpty()) {
      throw new IOException(NO_PATH);
    }
    ImageStore store = ImageStore.of(base.resolve(path));
    Labelled labelled = label(store, base);
    Framing framing = new Framing(resize, crop, channels);
    Inspection seen = Inspection.of(store, limited(labelled.examples()), framing);
    List<String> notes = new ArrayList<>(labelled.notes());
    notes.addAll(seen.notes());
    boolean parts = seen.readable().stream().anyMatch(example -> !example.part().isEmpty());
    Holdout holdout = new Holdout(testShare, seed);
    Split all = images(store, seen, seen.readable());
    Split train = parts ? part(store, seen, Example.TRAIN) : holdout.train(all);
    Split test = parts ? part(store, seen, Example.TEST) : holdout.test(all);
    Checksum fingerprint = Checksum.sha256().item(seen.fingerprint());
    if (!parts) {
      fingerprint.item(holdout.toString());
    }
    return new Dataset(
        "%s (%d + %d)".formatted(Path.of(path).getFileName(), train.size(), test.size()),
        seen.shape(),
        labelled.classNames(),
        train,
        test,
        fingerprint.hex(),
        notes);
  }

  @Override
  public Map<String, String> missingFiles(Path base) {
    if (path.isEmpty()) {
      return Map.of("path", NO_PATH);
    }
    Path images = base.resolve(path);
    if (!Files.exists(images)) {
      return Map.of("path", ImageStore.missing(images));
    }
    Map<String, String> missing = new LinkedHashMap<>();
    if (isMissing(labels, images, base)) {
      missing.put("labels", missing(labels));
    }
    if (!classes.equals(ClassList.IMAGE_NET) && isMissing(classes, images, base)) {
      missing.put("classes", missing(classes));
    }
    return missing;
  }

  /** What an archive holds shows when it is opened. */
  private static boolean isMissing(String file, Path images, Path base) {
    return !file.isEmpty()
        && Files.isDirectory(images)
        && !Files.exists(images.resolve(file))
        && !Files.exists(base.resolve(file));
  }

  private static String missing(String file) {
    return "There is no '%s', neither among the images nor beside the experiment file."
        .formatted(file);
  }

  private Labelled label(ImageStore store, Path base) throws IOException {
    List<String> files = store.files();
    Optional<ClassList> list = Optional.empty();
    if (classes.equals(ClassList.IMAGE_NET)) {
      list = Optional.of(ClassList.imageNet());
    } else if (!classes.isEmpty()) {
      list = Optional.of(ClassList.parse(classes, text(store, base, classes)).named());
    }
    String table = labels.isEmpty() && files.contains(USUAL_LABELS) ? USUAL_LABELS : labels;
    return table.isEmpty()
        ? ClassFolders.label(files, list)
        : LabelTable.label(table, text(store, base, table), list);
  }

  private static byte[] text(ImageStore store, Path base, String file) throws IOException {
    try (ImageStore.Session session = store.open()) {
      return session.read(file);
    } catch (NoSuchFileException e) {
      if (Files.isRegularFile(base.resolve(file))) {
        return Files.readAllBytes(base.resolve(file));
      }
      throw new IOException(missing(file), e);
    }
  }

  private List<Example> limited(List<Example> examples) {
    if (perClass == 0) {
      return examples;
    }
    Map<String, Integer> taken = new HashMap<>();
    return examples.stream()
        .filter(e -> taken.merge(e.part() + "/" + e.label(), 1, Integer::sum) <= perClass)
        .toList();
  }

  private static Split part(ImageStore store, Inspection seen, String part) {
    List<Example> examples =
        seen.readable().stream().filter(example -> example.part().equals(part)).toList();
    return images(store, seen, examples);
  }

  private static Split images(ImageStore store, Inspection seen, List<Example> examples) {
    return new StoredImages(store, seen.framing(), seen.shape(), examples);
  }
}

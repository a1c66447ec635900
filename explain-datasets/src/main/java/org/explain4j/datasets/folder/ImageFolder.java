package org.explain4j.datasets.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.explain4j.api.Dataset;
import org.explain4j.api.DatasetProvider;
import org.explain4j.api.Split;
import org.explain4j.datasets.FirstLabel;
import org.explain4j.datasets.Holdout;
import org.explain4j.network.files.Checksum;

/**
 * Photographs in a folder or zip archive, {@code [3,crop,crop]} RGB in [0,1], decoded batch by
 * batch, so memory does not limit their number. Opening decodes each of them once: files that
 * cannot be read are left out, counted and named in the dataset's notes. ImageIO and TwelveMonkeys
 * decode JPEG (CMYK as well), PNG, GIF, BMP, WebP and TIFF.
 *
 * <p>With a table of labels, its files are the images. Without one, folders are classes: {@code
 * CLASS/...}, or {@code train/CLASS/...} and {@code test/CLASS/...}, or other names that are usual
 * for the splits. Symbolic links are followed.
 *
 * @param path the folder or zip archive, relative to the experiment file
 * @param labels a CSV table, in the store or relative to the experiment file: columns {@code file},
 *     {@code class_index} or {@code class}, optionally {@code name} and {@code part}; empty for
 *     {@code labels.csv}, if the store has one
 * @param firstLabel the {@code class_index} of the first class: 0, or 1 in tables from MATLAB
 * @param classes a text file, in the store or relative to the experiment file, with one class per
 *     line (key, blank, name), which gives their order and names; {@code imagenet} for the 1,000 of
 *     ImageNet's challenge by synset id; empty for the keys in alphabetical order
 * @param masks where the objects are: a folder of PNG files named like the images, non-zero inside,
 *     or a CSV table with the columns {@code file}, {@code xmin}, {@code ymin}, {@code xmax},
 *     {@code ymax}, one box per row, in pixels of the image; in the store or relative to the
 *     experiment file; empty for none
 * @param orientation whether images are turned as their EXIF data say; torchvision does not
 * @param resize new length of the short side; 0 to leave images unchanged
 * @param crop side of the square cut from the middle; 0 to take whole images, which must then be of
 *     one size. Without {@code resize}, a smaller image is surrounded by black, as torchvision does
 * @param channels 3, or 1 for grey
 * @param perClass how many images of each class and part are taken, the first by name; 0 for all
 * @param testShare share of the images that becomes the test split, if the source has no parts
 * @param seed of the draw of that part
 */
public record ImageFolder(
    String path,
    String labels,
    int firstLabel,
    String classes,
    String masks,
    Orientation orientation,
    int resize,
    int crop,
    int channels,
    int perClass,
    double testShare,
    long seed)
    implements DatasetProvider {
  private static final String USUAL_LABELS = "labels.csv";

  /** Images that tell the size of all. */
  private static final int LOOKED_AT = 20;

  private static final String NO_PATH =
      "No images are given.\nMaybe set image-folder.path to a folder or a zip archive.";

  public ImageFolder() {
    this("", "", 0, "", "", Orientation.STORED, 256, 224, 3, 0, 0.2, 1);
  }

  public ImageFolder {
    new Framing(resize, crop, channels);
    new Holdout(testShare, seed);
    FirstLabel.require(firstLabel);
    if (perClass < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The images per-class (%d) must not be negative.\n"
                  + "Maybe set image-folder.per-class to 0 for all.",
              perClass));
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
    Source source = new Source(store, orientation, framing, Masks.of(masks, store, base));
    List<Example> chosen = limited(labelled.examples());
    Inspection seen = Inspection.of(source, chosen);
    List<String> notes = new ArrayList<>(labelled.notes());
    if (chosen.size() < labelled.examples().size()) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%d of %d images were taken, at most %d per class.",
              chosen.size(),
              labelled.examples().size(),
              perClass));
    }
    notes.addAll(seen.notes());
    return dataset(labelled, seen, notes);
  }

  /** Whole images where they have the network's size, and otherwise the square in their middle. */
  @Override
  public Optional<DatasetProvider> reading(Path data, List<Long> inputShape) throws IOException {
    boolean zip = data.toString().toLowerCase(Locale.ROOT).endsWith(".zip");
    if (!Files.isDirectory(data) && !zip) {
      return Optional.empty();
    }
    ImageStore store = ImageStore.of(data);
    List<Example> some =
        store.list().files().stream()
            .filter(ClassFolders::isImage)
            .limit(LOOKED_AT)
            .map(file -> new Example(file, 0, ""))
            .toList();
    if (some.isEmpty() || inputShape.size() != 3 || !List.of(1L, 3L).contains(inputShape.get(0))) {
      return Optional.empty();
    }
    int colours = inputShape.get(0) == 1 ? 1 : 3;
    int side = Math.toIntExact(Math.min(inputShape.get(1), inputShape.get(2)));
    boolean whole = haveShape(store, some, colours, inputShape);
    return Optional.of(
        new ImageFolder(
            data.toString(),
            labels,
            firstLabel,
            classes,
            masks,
            orientation,
            whole ? 0 : side,
            whole ? 0 : side,
            colours,
            perClass,
            testShare,
            seed));
  }

  private boolean haveShape(
      ImageStore store, List<Example> some, int colours, List<Long> inputShape) {
    Framing whole = new Framing(0, 0, colours);
    try {
      Masks none = Masks.of("", store, Path.of(""));
      Source source = new Source(store, orientation, whole, none);
      return Inspection.of(source, some).shape().equals(inputShape);
    } catch (IOException e) {
      return false; // they differ
    }
  }

  private Dataset dataset(Labelled labelled, Inspection seen, List<String> notes) {
    boolean parts = seen.readable().stream().anyMatch(example -> !example.part().isEmpty());
    Holdout holdout = new Holdout(testShare, seed);
    Split all = images(seen, seen.readable());
    Split train = parts ? part(seen, Example.TRAIN) : holdout.train(all);
    Split test = parts ? part(seen, Example.TEST) : holdout.test(all);
    Checksum fingerprint = Checksum.sha256().item(seen.fingerprint());
    if (!parts) {
      fingerprint.item(holdout.toString());
    }
    int without = seen.readable().size() - train.size() - test.size();
    if (without > 0) {
      notes.add(
          String.format(Locale.ROOT, "%d images that belong to no part were left out.", without));
    }
    return new Dataset(
        String.format(
            Locale.ROOT, "%s (%d + %d)", Path.of(path).getFileName(), train.size(), test.size()),
        seen.shape(),
        labelled.classNames(),
        labelled.labelling(),
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
      missing.put("labels", SideFile.missing(labels));
    }
    if (!classes.equals(ClassList.IMAGE_NET) && isMissing(classes, images, base)) {
      missing.put("classes", SideFile.missing(classes));
    }
    if (isMissing(masks, images, base)) {
      missing.put("masks", SideFile.missing(masks));
    }
    return missing;
  }

  /** The content of an archive is only known once it is opened. */
  private static boolean isMissing(String file, Path images, Path base) {
    return !file.isEmpty()
        && Files.isDirectory(images)
        && !Files.exists(images.resolve(file))
        && !Files.exists(base.resolve(file));
  }

  private Labelled label(ImageStore store, Path base) throws IOException {
    Listing listing = masks.isEmpty() ? store.list() : store.list().without(masks);
    String table =
        labels.isEmpty() && listing.files().contains(USUAL_LABELS) ? USUAL_LABELS : labels;
    ClassFolders.Given given = keys -> classList(store, base, keys);
    if (table.isEmpty()) {
      return ClassFolders.label(listing, given);
    }
    CsvTable rows = CsvTable.read(table, SideFile.read(store, base, table));
    return new LabelTable(rows, given.of(LabelTable.keys(rows)), firstLabel).label();
  }

  private Optional<ClassList> classList(ImageStore store, Path base, Collection<String> keys)
      throws IOException {
    if (classes.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        classes.equals(ClassList.IMAGE_NET)
            ? ClassList.imageNet()
            : ClassList.parse(classes, SideFile.read(store, base, classes), keys));
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

  private static Split part(Inspection seen, String part) {
    return images(
        seen, seen.readable().stream().filter(example -> example.part().equals(part)).toList());
  }

  private static Split images(Inspection seen, List<Example> examples) {
    return new StoredImages(seen.source(), seen.shape(), examples);
  }
}

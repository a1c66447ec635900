package org.explain4j.datasets.folder;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.explain4j.api.Labelling;

/**
 * Classes from folder names: {@code CLASS/...}, or {@code train/CLASS/...} beside {@code
 * test/CLASS/...}, under any of the names that are usual for them. Enclosing folders are passed
 * through. An empty class folder keeps its number.
 *
 * @param listing of images, and what else the store holds
 * @param root the folder that has the classes or splits
 */
record ClassFolders(Listing listing, String root, List<String> notes) {
  private static final Set<String> IMAGES =
      Set.of("jpg", "jpeg", "png", "gif", "bmp", "webp", "tif", "tiff");
  private static final List<String> TRAINS =
      List.of("train", "training", "seg_train", "training_set");
  private static final List<String> TESTS =
      List.of("test", "testing", "seg_test", "test_set", "val", "valid", "validation");

  /** A class list from the keys of the data, which say how it is to be read. */
  interface Given {
    Optional<ClassList> of(Collection<String> keys) throws IOException;
  }

  static Labelled label(Listing all, Given given) throws IOException {
    Listing images =
        all.only(
            ClassFolders::isImage,
            "%d files are not images, judging by their names, and were ignored.");
    List<String> notes = new ArrayList<>(images.notes());
    String root = unwrapped(images);
    if (!root.isEmpty()) {
      notes.add(
          String.format(
              Locale.ROOT, "Images are taken from '%s', the only folder at its level.", root));
    }
    return new ClassFolders(images, root, notes).label(given);
  }

  static boolean isImage(String file) {
    String ending = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return IMAGES.contains(ending);
  }

  /** Down through folders that hold nothing but one folder of folders. */
  private static String unwrapped(Listing images) {
    String root = "";
    while (true) {
      List<String> children = images.children(root);
      if (children.size() != 1 || images.hasFiles(root)) {
        return root;
      }
      String child = join(root, children.get(0));
      if (images.hasFiles(child) || images.children(child).isEmpty()) {
        return root;
      }
      root = child;
    }
  }

  private Labelled label(Given given) throws IOException {
    Optional<String> train = split(TRAINS);
    Optional<String> test = split(TESTS);
    Optional<String> only = train.or(() -> test);
    if (only.isEmpty()) {
      return labelled(given, List.of(new Part("", root)));
    }
    List<Part> parts =
        train.isPresent() && test.isPresent()
            ? List.of(
                new Part(Example.TRAIN, inside(train.get())),
                new Part(Example.TEST, inside(test.get())))
            : List.of(new Part("", inside(only.get())));
    for (String name : listing.children(root)) {
      String folder = join(root, name);
      int images = listing.below(folder).size();
      if (images > 0 && parts.stream().noneMatch(part -> within(part.folder(), folder))) {
        notes.add(
            String.format(
                Locale.ROOT, "The folder '%s' with %d images was ignored.", folder, images));
      }
    }
    long beside = listing.below(root).stream().filter(file -> isDirectly(file, root)).count();
    if (beside > 0) {
      notes.add(
          String.format(Locale.ROOT, "%d images beside the splits' folders were ignored.", beside));
    }
    return labelled(given, parts);
  }

  /**
   * The first of some names that a folder here has, in any case. A folder with images of its own is
   * a class of that name, or has no classes.
   */
  private Optional<String> split(List<String> names) {
    List<String> children = listing.children(root);
    return names.stream()
        .flatMap(name -> children.stream().filter(child -> child.equalsIgnoreCase(name)))
        .map(child -> join(root, child))
        .filter(folder -> !listing.hasFiles(folder) && !listing.below(folder).isEmpty())
        .findFirst();
  }

  /** Some archives have {@code seg_train/seg_train/CLASS}. */
  private String inside(String folder) {
    List<String> children = listing.children(folder);
    String name = folder.substring(folder.lastIndexOf('/') + 1);
    return children.size() == 1 && children.get(0).equalsIgnoreCase(name)
        ? join(folder, children.get(0))
        : folder;
  }

  /** A folder of class folders, and the part of the data that it is. */
  private record Part(String name, String folder) {}

  private Labelled labelled(Given given, List<Part> parts) throws IOException {
    Set<String> keys = new TreeSet<>();
    parts.forEach(part -> keys.addAll(listing.children(part.folder())));
    Optional<ClassList> list = given.of(keys);
    ClassList classes = list.orElseGet(() -> ClassList.sorted(keys));
    List<Example> examples = new ArrayList<>();
    for (Part part : parts) {
      add(part, classes, examples);
    }
    Set<String> empty = new TreeSet<>(keys);
    examples.forEach(example -> empty.remove(key(example.file(), parts)));
    if (!empty.isEmpty() && !examples.isEmpty()) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%d class folders have no images, but keep their numbers: %s.",
              empty.size(),
              String.join(", ", empty)));
    }
    Labelling labelling =
        list.isPresent()
            ? new Labelling.Complete()
            : new Labelling.Sorted(List.copyOf(classes.indices().keySet()));
    return new Labelled(examples, classes.names(), labelling, notes);
  }

  private void add(Part part, ClassList classes, List<Example> examples) throws IOException {
    List<String> outside = new ArrayList<>();
    int before = examples.size();
    for (String image : listing.below(part.folder())) {
      if (isDirectly(image, part.folder())) {
        outside.add(image);
      } else {
        examples.add(new Example(image, classes.index(key(image, List.of(part))), part.name()));
      }
    }
    if (!outside.isEmpty() && examples.size() == before) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "The image '%s' is not in a class folder, nor is any other.\nMaybe move the images into class folders, or write a labels.csv.",
              outside.get(0)));
    }
    if (!outside.isEmpty()) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%d images are not in a class folder and were left out: %s%s.",
              outside.size(),
              outside.get(0),
              outside.size() > 1 ? ", ..." : ""));
    }
  }

  private static boolean isDirectly(String file, String folder) {
    return file.indexOf('/', folder.isEmpty() ? 0 : folder.length() + 1) < 0;
  }

  private static boolean within(String path, String folder) {
    return path.equals(folder) || path.startsWith(folder + "/");
  }

  /** The name of the class folder that an image is in. */
  private static String key(String file, List<Part> parts) {
    for (Part part : parts) {
      String start = part.folder().isEmpty() ? "" : part.folder() + "/";
      if (file.startsWith(start)) {
        return file.substring(start.length(), file.indexOf('/', start.length()));
      }
    }
    throw new IllegalArgumentException(file);
  }

  private static String join(String folder, String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }
}

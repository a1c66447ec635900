package org.explain4j.datasets.folder;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Classes from folder names: {@code CLASS/...}, or {@code train/CLASS/...} beside {@code test},
 * {@code val}, {@code valid} or {@code validation}. One folder around all of this is ignored.
 */
final class ClassFolders {
  private static final Set<String> IMAGES = Set.of("jpg", "jpeg", "png", "gif", "bmp");
  private static final List<String> TESTS = List.of("test", "val", "valid", "validation");

  private ClassFolders() {}

  static Labelled label(List<String> files, Optional<ClassList> given) throws IOException {
    List<String> images = files.stream().filter(ClassFolders::isImage).toList();
    List<String> notes = new ArrayList<>();
    if (images.size() < files.size()) {
      notes.add(
          "%d files are no images by their names and were left aside."
              .formatted(files.size() - images.size()));
    }
    int depth = wrapped(images) ? 1 : 0;
    Map<String, List<String>> parts =
        images.stream()
            .collect(
                Collectors.groupingBy(f -> folder(f, depth), TreeMap::new, Collectors.toList()));
    Optional<String> test = TESTS.stream().filter(parts::containsKey).findFirst();
    List<Example> examples = new ArrayList<>();
    if (!parts.containsKey(Example.TRAIN) || test.isEmpty()) {
      int at = parts.keySet().equals(Set.of(Example.TRAIN)) ? depth + 1 : depth;
      ClassList classes = classes(images, at, given);
      add(examples, images, at, "", classes);
      return new Labelled(examples, classes.names(), notes);
    }
    for (String part : parts.keySet()) {
      if (!part.equals(Example.TRAIN) && !part.equals(test.get())) {
        notes.add("The folder '%s' was left aside.".formatted(part));
      }
    }
    ClassList classes = classes(parts.get(Example.TRAIN), depth + 1, given);
    add(examples, parts.get(Example.TRAIN), depth + 1, Example.TRAIN, classes);
    add(examples, parts.get(test.get()), depth + 1, Example.TEST, classes);
    return new Labelled(examples, classes.names(), notes);
  }

  static boolean isImage(String file) {
    String ending = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return IMAGES.contains(ending);
  }

  /** Whether there is one folder at the top, with more than one folder's level below it. */
  private static boolean wrapped(List<String> images) {
    List<String> tops = images.stream().map(file -> folder(file, 0)).distinct().toList();
    return tops.size() == 1
        && !tops.get(0).isEmpty()
        && !tops.get(0).equals(Example.TRAIN)
        && images.stream().allMatch(file -> file.split("/", -1).length > 2);
  }

  private static ClassList classes(List<String> images, int depth, Optional<ClassList> given)
      throws IOException {
    return given.isPresent()
        ? given.get()
        : ClassList.sorted(images.stream().map(file -> folder(file, depth)).toList());
  }

  private static void add(
      List<Example> examples, List<String> images, int depth, String part, ClassList classes)
      throws IOException {
    for (String image : images) {
      String key = folder(image, depth);
      if (key.isEmpty()) {
        throw new IOException(
            "The image '%s' is in no class folder.\nMaybe move it into one, or write a labels.csv."
                .formatted(image));
      }
      examples.add(new Example(image, classes.index(key), part));
    }
  }

  /** The folder of a path at a depth; empty if there the path has none. */
  private static String folder(String file, int depth) {
    String[] parts = file.split("/", -1);
    return parts.length > depth + 1 ? parts[depth] : "";
  }
}

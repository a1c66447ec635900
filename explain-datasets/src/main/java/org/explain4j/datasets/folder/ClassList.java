package org.explain4j.datasets.folder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.explain4j.api.Catalog;

/**
 * Classes by their keys (folder names, ImageNet's synset ids), in order.
 *
 * @param indices by key
 * @param names by index
 */
record ClassList(Map<String, Integer> indices, List<String> names) {
  /** What the setting {@code classes} calls the list that is part of this jar. */
  static final String IMAGE_NET = "imagenet";

  private static final String SYNSETS = "imagenet-synsets.txt";

  /** The keys in alphabetic order are the classes. */
  static ClassList sorted(Collection<String> keys) throws IOException {
    return of(new TreeSet<>(keys).stream().map(key -> Map.entry(key, key)).toList()).named();
  }

  /** The same classes; ImageNet's synset ids that have no other name get WordNet's. */
  ClassList named() throws IOException {
    ClassList imageNet = imageNet();
    return new ClassList(indices, names.stream().map(name -> imageNet.nameOr(name, name)).toList());
  }

  /**
   * The 1,000 classes of ImageNet's challenge (ILSVRC 2012) in their order, which is that of their
   * synset ids. Names are WordNet's.
   */
  static ClassList imageNet() throws IOException {
    try (InputStream in = ClassList.class.getResourceAsStream(SYNSETS)) {
      return parse(SYNSETS, in.readAllBytes());
    }
  }

  /** The name of a key's class, if there is one. */
  String nameOr(String key, String otherwise) {
    Integer index = indices.get(key);
    return index == null ? otherwise : names.get(index);
  }

  /**
   * One class per line: its key, then its name, if it has one, after a blank, comma or tab. This is
   * what ImageNet's {@code LOC_synset_mapping.txt} and Caffe's {@code synset_words.txt} look like.
   */
  static ClassList parse(String file, byte[] text) throws IOException {
    List<Map.Entry<String, String>> classes = new ArrayList<>();
    for (String line : new String(text, StandardCharsets.UTF_8).lines().toList()) {
      if (!line.isBlank()) {
        String[] parts = line.strip().split("[\\s,]+", 2);
        classes.add(Map.entry(parts[0], parts.length > 1 ? parts[1] : parts[0]));
      }
    }
    ClassList list = of(classes);
    if (list.indices().isEmpty() || list.indices().size() < classes.size()) {
      throw new IOException(
          "%s has %d classes, %d of them different.\nMaybe write one class per line."
              .formatted(file, classes.size(), list.indices().size()));
    }
    return list;
  }

  private static ClassList of(List<Map.Entry<String, String>> classes) {
    Map<String, Integer> indices = new LinkedHashMap<>();
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, String> entry : classes) {
      if (indices.putIfAbsent(entry.getKey(), names.size()) == null) {
        names.add(entry.getValue());
      }
    }
    return new ClassList(indices, names);
  }

  /**
   * @throws IOException if there is no such class
   */
  int index(String key) throws IOException {
    Integer index = indices.get(key);
    if (index == null) {
      throw new IOException(
          "'%s' is not one of the %d classes.%s"
              .formatted(
                  key,
                  names.size(),
                  Catalog.nearest(key, indices.keySet())
                      .map(nearest -> "\nDid you mean '" + nearest + "'?")
                      .orElse("")));
    }
    return index;
  }
}

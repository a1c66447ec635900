package org.explain4j.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The 1,000 classes of ImageNet's challenge (ILSVRC 2012) in their usual order, which is that of
 * their synset ids. A name is all of WordNet 3.0's words for a synset, as in Caffe's {@code
 * synset_words.txt}; two classes have the same name: a crane is a bird and a machine.
 */
public final class ImageNet {
  private static final String RESOURCE = "imagenet-synsets.txt";
  private static final Map<String, String> NAMES = read();
  private static final List<String> SYNSETS = List.copyOf(NAMES.keySet());

  private ImageNet() {}

  /** The ids by class: {@code n01440764} is the first. */
  public static List<String> synsets() {
    return SYNSETS;
  }

  /** The names by class: {@code tench, Tinca tinca} is the first. */
  public static List<String> names() {
    return List.copyOf(NAMES.values());
  }

  /** The class of a synset id; empty for any other word. */
  public static OptionalInt index(String synset) {
    int index = Collections.binarySearch(SYNSETS, synset);
    return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
  }

  /** The name of a synset id; any other word unchanged. */
  public static String nameOf(String synset) {
    return NAMES.getOrDefault(synset, synset);
  }

  private static Map<String, String> read() {
    Map<String, String> names = new LinkedHashMap<>();
    try (InputStream in = ImageNet.class.getResourceAsStream(RESOURCE)) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(" ", 2))
          .forEach(line -> names.put(line[0], line[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names;
  }
}

package org.explain4j.api;

import java.util.List;

/**
 * How the classes of a dataset got their numbers, which says what they may mean for a network's
 * outputs.
 */
public sealed interface Labelling {

  /**
   * The author of the data, or of its description, numbered all classes: there is an output for
   * each.
   */
  record Complete() implements Labelling {}

  /** The source states numbers, and may contain only some of a network's classes. */
  record Stated() implements Labelling {}

  /**
   * The reader numbered the classes that it found, in alphabetical order: another set of images
   * would give other numbers, and the network's may differ.
   *
   * @param keys by class: names of folders, ImageNet's synset ids
   */
  record Sorted(List<String> keys) implements Labelling {
    public Sorted {
      keys = List.copyOf(keys);
    }
  }
}

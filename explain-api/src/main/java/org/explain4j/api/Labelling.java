package org.explain4j.api;

import java.util.List;

/**
 * How the classes of a dataset got their numbers, which says what they may mean for a network's
 * outputs.
 */
public sealed interface Labelling {

  /** Whoever made or described the data numbered all its classes: there is an output for each. */
  record Complete() implements Labelling {}

  /** The source states numbers, and may show some of a network's classes only. */
  record Stated() implements Labelling {}

  /**
   * The reader numbered what it met, in alphabetic order: another set of images would give other
   * numbers, and the network's may be others.
   *
   * @param keys by class: names of folders, ImageNet's synset ids
   */
  record Sorted(List<String> keys) implements Labelling {
    public Sorted {
      keys = List.copyOf(keys);
    }
  }
}

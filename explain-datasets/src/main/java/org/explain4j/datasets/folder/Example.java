package org.explain4j.datasets.folder;

/**
 * An image file and its class.
 *
 * @param part of the data that the source puts it in: {@code train}, {@code test}, or empty where
 *     it has no parts
 */
record Example(String file, int label, String part) {
  static final String TRAIN = "train";
  static final String TEST = "test";
}

package org.explain4j.methods.rules;

/**
 * What zero padding gets of relevance whose shares do not depend on the input, where tools differ.
 */
public enum PaddingShare {
  /** Nothing: the taps inside the image share all. */
  NONE,
  /** As much as a pixel of the image, which is lost: the LRP toolbox. */
  LOST
}

package org.explain4j.network;

/** How float32 convolutions are computed where there is a choice. */
public enum Precision {
  /** As they are defined. */
  EXACT,
  /**
   * 3x3 convolutions by Winograd's algorithm where the processor has it and the layer is large
   * enough for it to be faster (16 channels, maps of 9 x 9 and more): 2.25 to 4 times fewer
   * multiplications, up to three times the rounding. On constant areas of an image rounding then
   * decides which of equal maxima a pooling takes: attributions there change places.
   */
  FAST
}

package org.explain4j.network.onednn;

/**
 * An array of a program.
 *
 * @param base the array whose memory it shares, itself mostly
 * @param offset bytes from the base's start
 * @param address of a constant; 0 for the others
 * @param kind whose memory it is
 */
record Slot(Layout layout, int base, long offset, long address, Slot.Kind kind) {
  /** Whose memory an array is. */
  enum Kind {
    /** The chain's, for as long as something reads it. */
    PASSING,
    /** The chain's own place, zero at first. */
    LASTING,
    /** The program's. */
    CONSTANT,
    /** The caller's, named for every run. */
    EXTERNAL
  }

  /** Whether it lies in a chain's memory. */
  boolean own() {
    return kind == Kind.PASSING || kind == Kind.LASTING;
  }

  /** Bytes of whole cache lines. */
  long size() {
    long line = 64;
    return (layout.bytes() + line - 1) / line * line;
  }
}

package org.explain4j.reports.page;

import java.io.IOException;

/** A change of blocks that hold no others. */
@FunctionalInterface
public interface Change {
  /**
   * The block that takes the place of another.
   *
   * @throws IOException if what it is made from cannot be read
   */
  Block of(Block block) throws IOException;
}

package org.explain4j.network.onednn;

import java.nio.FloatBuffer;
import java.util.List;

/** A step in Java, for what oneDNN has no fast primitive for. */
@FunctionalInterface
public interface Kernel {
  /**
   * What a chain runs; it may keep working memory, for one thread runs it at a time.
   *
   * @param arrays of the step, in its order, as they lie in memory
   */
  Runnable on(List<FloatBuffer> arrays);
}

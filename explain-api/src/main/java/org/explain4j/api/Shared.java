package org.explain4j.api;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a metric found out about images that is the same for every method, such as the network's
 * outputs without each single pixel: computed once for all methods.
 */
public final class Shared {
  private final Map<Object, Object> known = new HashMap<>();

  /**
   * What was computed for this key, or else what is computed now.
   *
   * @param key equal for equal questions, such as a record of all that the answer depends on
   * @param question not null
   */
  @SuppressWarnings("unchecked") // whoever has the key knows the type
  public synchronized <T> T once(Object key, Supplier<T> question) {
    Object answer = known.get(key);
    if (answer == null) {
      answer = question.get();
      known.put(key, answer);
    }
    return (T) answer;
  }
}

package org.explain4j.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.nd4j.common.primitives.Pair;

/**
 * The providers of one service, by id.
 *
 * @param type the service
 * @param providers sorted by id
 */
public record Catalog<T extends Extension>(Class<T> type, Map<String, T> providers) {

  /** The providers on the class path of the current thread. */
  public static <T extends Extension> Catalog<T> of(Class<T> type) {
    return of(type, Thread.currentThread().getContextClassLoader());
  }

  /**
   * The providers that a class loader finds.
   *
   * @throws IllegalStateException if two providers have the same id; the message names both classes
   * @throws java.util.ServiceConfigurationError if a provider cannot be loaded
   */
  public static <T extends Extension> Catalog<T> of(Class<T> type, ClassLoader loader) {
    Map<String, T> providers = new TreeMap<>();
    for (T provider : ServiceLoader.load(type, loader)) {
      T other = providers.put(provider.id(), provider);
      if (other != null && other.getClass() != provider.getClass()) {
        throw new IllegalStateException(
            "Two providers of %s have the id '%s': %s and %s.\nMaybe remove one plug-in jar."
                .formatted(
                    type.getSimpleName(),
                    provider.id(),
                    other.getClass().getName(),
                    provider.getClass().getName()));
      }
    }
    return new Catalog<>(type, providers);
  }

  /** The ids, sorted. */
  public List<String> ids() {
    return List.copyOf(providers.keySet());
  }

  /**
   * The provider with its default settings.
   *
   * @throws IllegalArgumentException if there is none; the message gives the nearest id and all
   *     known ids
   */
  public T get(String id) {
    T provider = providers.get(id);
    if (provider == null) {
      throw new IllegalArgumentException(
          "Unknown %s '%s'.%s\nKnown: %s"
              .formatted(
                  type.getSimpleName(),
                  id,
                  nearest(id, providers.keySet())
                      .map(n -> "\nDid you mean '" + n + "'?")
                      .orElse(""),
                  String.join(", ", providers.keySet())));
    }
    return provider;
  }

  /**
   * The candidate that differs from {@code word} in the fewest letters, if these are at most half.
   */
  public static Optional<String> nearest(String word, Collection<String> candidates) {
    List<Pair<String, Integer>> distances = new ArrayList<>();
    for (String candidate : candidates) {
      distances.add(Pair.of(candidate, distance(word, candidate)));
    }
    return distances.stream()
        .filter(pair -> pair.getSecond() <= Math.max(1, word.length() / 2))
        .min(Comparator.comparing(Pair::getSecond))
        .map(Pair::getFirst);
  }

  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replace = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replace, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}

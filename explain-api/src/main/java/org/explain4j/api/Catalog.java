package org.explain4j.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.nd4j.common.primitives.Pair;

/**
 * The providers of one service, by id.
 *
 * @param type the service
 * @param providers sorted by id
 * @param unusable what was left out, one sentence each: a provider that cannot be loaded, throws,
 *     or has no id or group
 */
public record Catalog<T extends Extension>(
    Class<T> type, Map<String, T> providers, List<String> unusable) {
  private static final int MOST_UNUSABLE = 100; // a loader may fail without end

  public Catalog {
    unusable = List.copyOf(unusable);
  }

  /** A catalog from which nothing was left out. */
  public Catalog(Class<T> type, Map<String, T> providers) {
    this(type, providers, List.of());
  }

  /** The providers on the class path of the current thread. */
  public static <T extends Extension> Catalog<T> of(Class<T> type) {
    return of(type, Thread.currentThread().getContextClassLoader());
  }

  /**
   * The providers that a class loader finds. One that is unusable does not affect the others.
   *
   * @throws IllegalStateException if two providers have the same id; the message names both classes
   */
  public static <T extends Extension> Catalog<T> of(Class<T> type, ClassLoader loader) {
    Map<String, T> providers = new TreeMap<>();
    List<String> unusable = new ArrayList<>();
    Iterator<T> services = ServiceLoader.load(type, loader).iterator();
    while (unusable.size() < MOST_UNUSABLE) {
      Object found = "a provider of " + type.getSimpleName();
      try {
        if (!services.hasNext()) {
          break;
        }
        T provider = services.next();
        found = provider.getClass().getName();
        requireUsable(provider);
        T other = providers.putIfAbsent(provider.id(), provider);
        requireSame(type, provider, other);
      } catch (TwoProviders e) {
        throw e;
      } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
        unusable.add(String.format(Locale.ROOT, "%s was left out: %s", found, reason(e)));
      }
    }
    return new Catalog<>(type, providers, unusable);
  }

  private static void requireUsable(Extension provider) {
    if (provider.id() == null || provider.id().isBlank()) {
      throw new IllegalStateException("its id is " + provider.id());
    }
    if (provider instanceof Explainer explainer && explainer.group() == null) {
      throw new IllegalStateException("its group is null");
    }
  }

  private static void requireSame(Class<?> type, Extension provider, Extension other) {
    if (other != null && other.getClass() != provider.getClass()) {
      throw new TwoProviders(
          String.format(
              Locale.ROOT,
              "Two providers of %s have the id '%s': %s and %s.\nMaybe remove one plug-in jar.",
              type.getSimpleName(),
              provider.id(),
              other.getClass().getName(),
              provider.getClass().getName()));
    }
  }

  private static String reason(Throwable e) {
    return e.getCause() == null ? e.toString() : e.getMessage() + ": " + e.getCause();
  }

  private static final class TwoProviders extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    TwoProviders(String message) {
      super(message);
    }
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
          String.format(
              Locale.ROOT,
              "Unknown %s '%s'.%s\nKnown: %s%s",
              type.getSimpleName(),
              id,
              nearest(id, providers.keySet()).map(n -> "\nDid you mean '" + n + "'?").orElse(""),
              String.join(", ", providers.keySet()),
              unusable.isEmpty() ? "" : "\n" + String.join("\n", unusable)));
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

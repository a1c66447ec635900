package org.explain4j.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.nd4j.common.primitives.Pair;

/**
 * The providers of one service, by id.
 *
 * @param type the service
 * @param providers sorted by id
 * @param unusable what was left out, one sentence each: a provider that cannot be loaded, throws,
 *     has no id or group, or the id of another one
 */
public record Catalog<T extends Extension>(
    Class<T> type, Map<String, T> providers, List<String> unusable) {
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
   * The providers that a class loader finds. One that is unusable does not affect the others; of
   * two with the same id, the first on the class path stays.
   */
  public static <T extends Extension> Catalog<T> of(Class<T> type, ClassLoader loader) {
    return of(type, loader, provider -> {});
  }

  /**
   * Likewise, of those that pass a check.
   *
   * @param check throws, with a message that says what is wrong
   */
  public static <T extends Extension> Catalog<T> of(
      Class<T> type, ClassLoader loader, Consumer<? super T> check) {
    ClassLoader from = loader == null ? ClassLoader.getSystemClassLoader() : loader;
    Map<String, T> providers = new TreeMap<>();
    List<String> unusable = new ArrayList<>();
    for (Declaration declared : Declaration.of(type, from, unusable)) {
      try {
        T provider = declared.provider(type, from);
        requireUsable(provider);
        check.accept(provider);
        requireFirst(provider, providers.get(provider.id()));
        providers.put(provider.id(), provider);
      } catch (OutOfMemoryError | StackOverflowError e) {
        unusable.add(declared.leftOut(e));
      } catch (VirtualMachineError e) {
        throw e;
      } catch (Throwable e) { // whatever a stranger's class throws
        unusable.add(declared.leftOut(e));
      }
    }
    return new Catalog<>(type, providers, unusable);
  }

  private static void requireUsable(Extension provider) {
    if (provider.id() == null || provider.id().isBlank()) {
      throw new IllegalStateException("its id is " + provider.id());
    }
    if (provider.summary() == null) {
      throw new IllegalStateException("its summary is null");
    }
    if (provider instanceof Explainer explainer && explainer.group() == null) {
      throw new IllegalStateException("its group is null");
    }
  }

  private static void requireFirst(Extension provider, Extension other) {
    if (other != null) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "%s has the same id '%s'.\nMaybe remove one of their jars.",
              other.getClass().getName(),
              provider.id()));
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
              didYouMean(id, providers.keySet()),
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

  /** The line that suggests the {@link #nearest} candidate; empty if none is near. */
  public static String didYouMean(String word, Collection<String> candidates) {
    return nearest(word, candidates).map(near -> "\nDid you mean '" + near + "'?").orElse("");
  }

  /** Letters that are added, left out or replaced, and neighbours that are swapped. */
  private static int distance(String a, String b) {
    int[][] distances = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        distances[i][j] = i == 0 || j == 0 ? i + j : distance(a, i, b, j, distances);
      }
    }
    return distances[a.length()][b.length()];
  }

  private static int distance(String a, int i, String b, int j, int[][] distances) {
    int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int least =
        Math.min(
            distances[i - 1][j - 1] + same, 1 + Math.min(distances[i - 1][j], distances[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, distances[i - 2][j - 2] + 1) : least;
  }
}

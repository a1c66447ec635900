package org.explain4j.experiments.configuration;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.explain4j.api.Catalog;
import org.explain4j.api.DatasetProvider;
import org.explain4j.api.Download;
import org.explain4j.api.Explainer;
import org.explain4j.api.Extension;
import org.explain4j.api.Metric;
import org.explain4j.api.ModelProvider;
import org.explain4j.api.ModelReader;
import org.explain4j.api.PictureReader;
import org.explain4j.api.SignalEstimator;
import org.explain4j.api.SignalQuality;

/**
 * The catalogs of all services.
 *
 * @param byType catalogs by service, in the order in which they are listed
 * @param kinds the name of each service's catalog: {@code explainers}
 */
public record Extensions(Map<Class<?>, Catalog<?>> byType, Map<String, Class<?>> kinds) {
  private static final List<Map.Entry<String, Class<? extends Extension>>> SERVICES =
      List.of(
          Map.entry("estimators", SignalEstimator.class),
          Map.entry("explainers", Explainer.class),
          Map.entry("metrics", Metric.class),
          Map.entry("solvers", SignalQuality.class),
          Map.entry("datasets", DatasetProvider.class),
          Map.entry("models", ModelProvider.class),
          Map.entry("readers", ModelReader.class),
          Map.entry("pictures", PictureReader.class),
          Map.entry("downloads", Download.class));

  /** The extensions that a class loader finds; those that cannot be used are left out. */
  public static Extensions of(ClassLoader loader) {
    Map<Class<?>, Catalog<?>> byType = new LinkedHashMap<>();
    Map<String, Class<?>> kinds = new LinkedHashMap<>();
    for (Map.Entry<String, Class<? extends Extension>> service : SERVICES) {
      byType.put(service.getValue(), Catalog.of(service.getValue(), loader, Bindable::require));
      kinds.put(service.getKey(), service.getValue());
    }
    return new Extensions(byType, kinds);
  }

  /** Whether a type is that of a catalog. */
  static boolean isService(Class<?> type) {
    return SERVICES.stream().anyMatch(service -> service.getValue() == type);
  }

  /** What plug-ins offer that was left out, one sentence each. */
  public List<String> unusable() {
    return byType.values().stream().flatMap(catalog -> catalog.unusable().stream()).toList();
  }

  /** The catalog of a service. */
  @SuppressWarnings("unchecked") // byType maps each service to its own catalog
  public <T extends Extension> Catalog<T> of(Class<T> service) {
    return (Catalog<T>) byType.get(service);
  }

  /** The jars of all providers that are not the framework's own, sorted. */
  public List<Path> jars() {
    SortedSet<Path> jars = new TreeSet<>();
    for (Catalog<?> catalog : byType.values()) {
      for (Extension provider : catalog.providers().values()) {
        CodeSource source = provider.getClass().getProtectionDomain().getCodeSource();
        if (source != null && !provider.getClass().getName().startsWith("org.explain4j.")) {
          jars.add(path(source));
        }
      }
    }
    return jars.stream().filter(place -> place.toString().endsWith(".jar")).toList();
  }

  private static Path path(CodeSource source) {
    try {
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(source.getLocation() + " is not an address", e);
    }
  }

  boolean has(Class<?> type) {
    return byType.containsKey(type);
  }

  Catalog<?> catalog(Class<?> type) {
    return byType.get(type);
  }

  /** The name of a service in messages: {@code explainer}. */
  public String noun(Class<?> type) {
    return kinds.entrySet().stream()
        .filter(kind -> kind.getValue() == type)
        .map(kind -> kind.getKey().substring(0, kind.getKey().length() - 1))
        .findFirst()
        .orElseThrow();
  }
}

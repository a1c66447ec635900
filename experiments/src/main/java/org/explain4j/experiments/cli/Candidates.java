package org.explain4j.experiments.cli;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.explain4j.api.Download;
import org.explain4j.api.Explainer;
import org.explain4j.experiments.configuration.Extensions;

/** What a shell completes an argument with; picocli makes one of these without arguments. */
final class Candidates {
  private Candidates() {}

  private static Extensions extensions() {
    return Extensions.of(Thread.currentThread().getContextClassLoader());
  }

  /** Ids of explainers. */
  static final class Explainers implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return extensions().of(Explainer.class).ids().iterator();
    }
  }

  /** Ids of downloads. */
  static final class Downloads implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return extensions().of(Download.class).ids().iterator();
    }
  }

  /** Names of catalogs. */
  static final class Kinds implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.copyOf(extensions().kinds().keySet()).iterator();
    }
  }

  /** Whatever can be described. */
  static final class Everything implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      Set<String> ids = new LinkedHashSet<>(List.of("experiment"));
      extensions().byType().values().forEach(catalog -> ids.addAll(catalog.ids()));
      return ids.iterator();
    }
  }
}

package org.explain4j.experiments.stages;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.explain4j.experiments.configuration.ConfigurationException;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.configuration.Settings;
import org.explain4j.experiments.results.Environment;
import org.explain4j.experiments.results.Forecast;
import org.explain4j.experiments.results.RunOutput;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.sections.RunSections;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run directory holds from earlier sessions. An experiment is the same if its name, its data
 * and its network are (by SHA-256); everything else are settings, which may change from session to
 * session.
 *
 * @param settings by path; empty if there are none
 * @param facts of {@code environment.json}, likewise
 */
record EarlierRun(Map<String, String> settings, Map<String, String> facts) {
  private static final Logger LOG = LoggerFactory.getLogger(EarlierRun.class);

  /** What makes an experiment the same, with the words for it. */
  private static final Map<String, String> IDENTITY = new LinkedHashMap<>();

  static {
    IDENTITY.put("experiment", "name");
    IDENTITY.put("dataset.sha256", "SHA-256 of the data");
    IDENTITY.put("model.sha256", "SHA-256 of the network");
  }

  /** What is there; a damaged file counts as none, and is named. */
  static EarlierRun in(RunOutput output) {
    return new EarlierRun(
        read(output.root(), RunOutput.CONFIGURATION),
        Environment.isDamaged(output) ? Map.of() : read(output.root(), Environment.FILE));
  }

  private static Map<String, String> read(Path root, String file) {
    try {
      return flat(new RunDirectory(root).document(file));
    } catch (IOException e) {
      LOG.warn("{} is damaged and is written again: {}", file, e.getMessage());
      return Map.of();
    }
  }

  private static Map<String, String> flat(Map<?, ?> document) {
    List<List<String>> rows = new ArrayList<>();
    if (!document.isEmpty()) {
      RunSections.flatten("", document, rows);
    }
    Map<String, String> values = new LinkedHashMap<>();
    rows.forEach(row -> values.put(row.get(0), row.get(1)));
    return values;
  }

  /**
   * Refuses an experiment that is not the one whose results are there.
   *
   * @param now the facts of this session
   * @throws ConfigurationException with what differs, setting by setting
   */
  void requireSame(Map<?, ?> now, Experiment experiment, Path root) {
    Map<String, String> mine = flat(now);
    List<String> lines = new ArrayList<>();
    IDENTITY.forEach(
        (fact, words) -> {
          if (!facts.isEmpty() && !String.valueOf(facts.get(fact)).equals(mine.get(fact) + "")) {
            lines.add(change(words, facts.get(fact), mine.get(fact)));
          }
        });
    if (!lines.isEmpty()) {
      lines.addAll(differences(experiment));
      throw new ConfigurationException(
          "--out",
          String.format(
              Locale.ROOT,
              "%s has results of another experiment:\n  %s\nMaybe choose another folder with --out, or replace its results with --overwrite.",
              root,
              String.join("\n  ", lines)));
    }
  }

  /** What has changed in the settings, and what that means; empty if nothing has. */
  String changes(Experiment experiment, Supplier<Forecast> forecast) {
    List<String> lines = settings.isEmpty() ? List.of() : differences(experiment);
    return lines.isEmpty()
        ? ""
        : String.format(
            Locale.ROOT,
            "changed since the last session:\n  %s\n%s\n",
            String.join("\n  ", lines),
            forecast.get().text());
  }

  private List<String> differences(Experiment experiment) {
    Map<String, String> now = flat(Settings.tree(experiment));
    Set<String> paths = new LinkedHashSet<>(settings.keySet());
    paths.addAll(now.keySet());
    return paths.stream()
        .filter(path -> !String.valueOf(settings.get(path)).equals(now.get(path) + ""))
        .map(path -> change(path, settings.get(path), now.get(path)))
        .toList();
  }

  private static String change(String what, String before, String now) {
    return String.format(Locale.ROOT, "%s: %s -> %s", what, word(before), word(now));
  }

  private static String word(String value) {
    return value == null ? "(absent)" : value;
  }
}

package org.explain4j.experiments.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which finished cells a session would take over, by stage. */
public final class Forecast {
  private final RunOutput output;
  private final Map<String, Integer> kept = new TreeMap<>();
  private final Map<String, Integer> anew = new TreeMap<>();
  private final Set<String> asked = new HashSet<>();
  private final List<CellName> missing = new ArrayList<>();
  private final List<CellName> finished = new ArrayList<>();

  Forecast(RunOutput output) {
    this.output = output;
  }

  void add(CellName cell, boolean isKept) {
    if (asked.add(cell.file())) {
      (isKept ? kept : anew).merge(cell.stage(), 1, Integer::sum);
      (isKept ? finished : missing).add(cell);
    }
  }

  /** The cells that are not finished, in the order in which they are asked for. */
  public List<CellName> missing() {
    return List.copyOf(missing);
  }

  /** Those that are. */
  public List<CellName> finished() {
    return List.copyOf(finished);
  }

  /** {@code kept: 3 images; computed anew: 2 metrics; removed: 1 result not asked for any more}. */
  public String text() {
    return String.format(
        Locale.ROOT, "kept: %s; computed anew: %s; removed: %s", list(kept), list(anew), removed());
  }

  private static String list(Map<String, Integer> counts) {
    return counts.isEmpty()
        ? "nothing"
        : counts.entrySet().stream()
            .map(count -> count.getKey() + " (" + count.getValue() + ")")
            .collect(Collectors.joining(", "));
  }

  private String removed() {
    Path stages = output.root().resolve("stages");
    try (Stream<Path> files = Files.walk(stages, 2)) {
      long left =
          files
              .filter(file -> file.toString().endsWith(".json"))
              .filter(file -> !file.getParent().equals(stages)) // the session's own
              .map(file -> output.root().relativize(file).toString().replace('\\', '/'))
              .filter(file -> !asked.contains(file))
              .count();
      return left == 0 ? "nothing" : left + " that the experiment no longer asks for";
    } catch (IOException e) {
      throw RunOutput.failure("Cannot read", stages, e);
    }
  }
}

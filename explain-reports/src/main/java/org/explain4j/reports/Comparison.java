package org.explain4j.reports;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.page.Numbers;
import org.explain4j.reports.page.Page;
import org.explain4j.reports.page.PlainText;
import org.explain4j.reports.page.Section;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;
import org.explain4j.reports.sections.RunSections;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/** Several runs side by side: where their configurations differ, and their results. */
public final class Comparison {
  private static final String DIFFERS = "≠";
  private final List<RunDirectory> runs = new ArrayList<>();
  private final List<String> names;

  private Comparison(List<Path> directories) throws IOException {
    for (Path directory : directories) {
      runs.add(RunDirectory.of(directory));
    }
    names = names(directories);
  }

  /**
   * Writes a page and returns its tables as plain text.
   *
   * @param runDirectories at least two
   * @param target the HTML file, written whole or not at all
   * @throws IOException if a file is damaged or missing; the message names it
   */
  public static String write(List<Path> runDirectories, Path target) throws IOException {
    if (runDirectories.size() < 2) {
      throw new IllegalArgumentException(
          "%d run directories given.\nA comparison needs at least two."
              .formatted(runDirectories.size()));
    }
    Comparison comparison = new Comparison(runDirectories);
    List<Section> sections = new ArrayList<>();
    sections.add(comparison.documents("configuration", "Configurations", "effective.yaml"));
    sections.add(comparison.documents("environment", "Data, model, machine", "environment.json"));
    comparison
        .results(
            "rho",
            "Signal estimators: mean ρ on split C",
            RunTable.SIGNAL_QUALITY,
            List.of("target", "solver", "layer", "estimator", "fit_on"),
            row -> Numbers.decimals(row.getDouble("mean")))
        .ifPresent(sections::add);
    comparison
        .results(
            "scores",
            "Scores: mean and 95 % interval",
            RunTable.SCORES,
            List.of("metric", "score", "direction", "explainer"),
            row ->
                Numbers.interval(
                    row.getDouble("mean"), row.getDouble("low"), row.getDouble("high")))
        .ifPresent(sections::add);
    comparison
        .results(
            "times",
            "Seconds per explainer",
            RunTable.EXPLAINERS,
            List.of("explainer"),
            row -> Numbers.seconds(row.getDouble("seconds")))
        .ifPresent(sections::add);
    Report.write(
        new Page("Comparison of runs", String.join(" · ", comparison.names), sections), target);
    return PlainText.of(sections);
  }

  /** The shortest ends of the paths that tell them apart. */
  private static List<String> names(List<Path> directories) {
    List<Path> paths = directories.stream().map(p -> p.toAbsolutePath().normalize()).toList();
    int longest = paths.stream().mapToInt(Path::getNameCount).max().orElse(1);
    for (int parts = 1; parts <= longest; parts++) {
      int count = parts;
      List<String> names =
          paths.stream()
              .map(p -> p.subpath(Math.max(0, p.getNameCount() - count), p.getNameCount()))
              .map(Path::toString)
              .toList();
      if (Set.copyOf(names).size() == names.size()) {
        return names;
      }
    }
    return paths.stream().map(Path::toString).toList();
  }

  private Section documents(String id, String title, String file) throws IOException {
    List<Map<String, String>> documents = new ArrayList<>();
    Set<String> keys = new LinkedHashSet<>();
    for (RunDirectory run : runs) {
      List<List<String>> rows = new ArrayList<>();
      RunSections.flatten("", run.document(file), rows);
      Map<String, String> values = new LinkedHashMap<>();
      rows.forEach(row -> values.put(row.get(0), row.get(1)));
      documents.add(values);
      keys.addAll(values.keySet());
    }
    keys.remove("");
    List<List<String>> different = new ArrayList<>();
    List<List<String>> same = new ArrayList<>();
    for (String key : keys) {
      List<String> row = new ArrayList<>(List.of(key));
      documents.forEach(document -> row.add(document.getOrDefault(key, Numbers.MISSING)));
      (Set.copyOf(row.subList(1, row.size())).size() > 1 ? different : same).add(row);
    }
    List<Block.Column> columns = new ArrayList<>(List.of(new Block.Column("key", false)));
    names.forEach(name -> columns.add(new Block.Column(name, false)));
    return new Section(
        id,
        title,
        List.of(
            new Block.Table("Where the runs differ (" + file + ").", columns, different, false),
            new Block.Table("Where they agree.", columns, same, true)));
  }

  private Optional<Section> results(
      String id, String title, RunTable file, List<String> keys, Function<Row, String> value)
      throws IOException {
    Map<List<String>, List<String>> rows = new LinkedHashMap<>();
    for (int i = 0; i < runs.size(); i++) {
      Optional<Table> table = runs.get(i).table(file);
      if (table.isPresent()) {
        for (Row row : table.get()) {
          List<String> key = keys.stream().map(row::getString).toList();
          rows.computeIfAbsent(
                  key, k -> new ArrayList<>(Collections.nCopies(runs.size(), Numbers.MISSING)))
              .set(i, value.apply(row));
        }
      }
    }
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    List<Block.Column> columns = new ArrayList<>();
    keys.forEach(key -> columns.add(new Block.Column(key.replace('_', ' '), false)));
    names.forEach(name -> columns.add(new Block.Column(name, true)));
    columns.add(new Block.Column(DIFFERS, false));
    List<List<String>> cells = new ArrayList<>();
    rows.forEach(
        (key, values) -> {
          List<String> row = new ArrayList<>(key);
          row.addAll(values);
          row.add(Set.copyOf(values).size() > 1 ? DIFFERS : "");
          cells.add(row);
        });
    String caption =
        "From %s; n/a: the run has no such row. %s marks rows that differ as printed."
            .formatted(file.file(), DIFFERS);
    return Optional.of(
        new Section(id, title, List.of(new Block.Table(caption, columns, cells, false))));
  }
}

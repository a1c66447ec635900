package org.explain4j.reports;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.page.Numbers;
import org.explain4j.reports.page.Page;
import org.explain4j.reports.page.PlainText;
import org.explain4j.reports.page.Section;
import org.explain4j.reports.runs.ExplainerRun;
import org.explain4j.reports.runs.LayerRho;
import org.explain4j.reports.runs.PairedDifference;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;
import org.explain4j.reports.runs.Score;
import org.explain4j.reports.sections.ChangedScores;
import org.explain4j.reports.sections.RhoLines;
import org.explain4j.reports.sections.RunSections;

/** Several runs side by side: where their configurations differ, and their results. */
public final class Comparison {
  private static final int MOST_NAMED = 5;

  /**
   * How the rows of a table are set side by side.
   *
   * @param titles headings of the keys
   * @param before how many of the keys stand before the runs' values: few, so that a phone shows
   *     both; the others stand behind
   * @param keys of a row; rows of two runs belong together if all of them agree
   * @param value of a row, which is compared
   */
  private record Compared<R extends Record>(
      RunTable<R> table,
      List<String> titles,
      int before,
      Function<R, List<String>> keys,
      Function<R, String> value) {}

  private static final Compared<LayerRho> RHO =
      new Compared<>(
          RunTable.SIGNAL_QUALITY,
          List.of("layer", "estimator", "target", "solver", "fit on"),
          2,
          row -> keys(row.task()),
          row -> Numbers.decimals(row.rho().band().mean()));

  private static final Compared<Score> SCORES =
      new Compared<>(
          RunTable.SCORES,
          List.of("explainer", "score", "metric", "direction"),
          2,
          row -> List.of(row.explainer(), row.score(), row.metric(), row.direction()),
          row -> Numbers.interval(row.band()));

  private static final Compared<ExplainerRun> SECONDS =
      new Compared<>(
          RunTable.EXPLAINERS,
          List.of("explainer"),
          1,
          row -> List.of(row.explainer()),
          row -> Numbers.seconds(row.seconds()));

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
   * @param changes of the later runs against the first
   * @param target the HTML file, written completely or not at all
   * @throws IOException if a file is damaged or missing; the message names it
   */
  public static String write(List<Path> runDirectories, List<Changes> changes, Path target)
      throws IOException {
    if (runDirectories.size() < 2) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d run directories given.\nA comparison needs at least two.",
              runDirectories.size()));
    }
    Comparison comparison = new Comparison(runDirectories);
    List<Section> sections = new ArrayList<>();
    sections.add(comparison.answer(changes));
    sections.add(comparison.documents("configuration", "Configurations", "effective.yaml"));
    sections.add(comparison.documents("environment", "Data, model, machine", "environment.json"));
    comparison.results("rho", "Signal estimators: mean ρ on split C", RHO).ifPresent(sections::add);
    comparison.results("scores", "Scores: mean and 95 % interval", SCORES).ifPresent(sections::add);
    comparison.results("times", "Seconds per explainer", SECONDS).ifPresent(sections::add);
    Report.write(
        new Page("Comparison of runs", String.join(" · ", comparison.names), sections), target);
    return PlainText.of(sections);
  }

  /**
   * What a later run changed against the first.
   *
   * @param run the later one's directory
   * @param tests of it (a) against the first (b), of each method and score; empty if they explain
   *     different images
   */
  public record Changes(Path run, Optional<List<PairedDifference>> tests) {}

  /** What changed, in words and as a chart for each score. */
  private Section answer(List<Changes> changes) throws IOException {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Question(
            "What changed between "
                + names.get(0)
                + " and "
                + String.join(", ", names.subList(1, names.size()))
                + "?"));
    List<String> sentences = new ArrayList<>();
    sentences.add(settings());
    List<Block> charts = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      String name = names.get(i + 1);
      List<PairedDifference> tests = changes.get(i).tests().orElse(List.of());
      sentences.add(ChangedScores.sentence(name, changes.get(i).tests()));
      charts.addAll(ChangedScores.charts(names.get(0), name, tests));
    }
    RhoLines.of(runs, names).ifPresent(charts::add);
    blocks.add(new Block.Answers(sentences));
    blocks.addAll(charts);
    return new Section("answer", "Answer", blocks);
  }

  private String settings() throws IOException {
    List<List<String>> different = differences("effective.yaml");
    if (different.isEmpty()) {
      return "Their configurations are the same.";
    }
    List<String> shown = new ArrayList<>();
    for (List<String> row : different.subList(0, Math.min(MOST_NAMED, different.size()))) {
      shown.add(row.get(0) + " (" + String.join(" → ", row.subList(1, row.size())) + ")");
    }
    return String.format(
        Locale.ROOT,
        "%s: %s%s.",
        different.size() == 1 ? "One setting differs" : different.size() + " settings differ",
        String.join(", ", shown),
        different.size() > MOST_NAMED ? ", ..." : "");
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

  /** Keys and values of a document that differ. */
  private List<List<String>> differences(String file) throws IOException {
    return values(file).stream().filter(row -> !agree(row.subList(1, row.size()))).toList();
  }

  private static boolean agree(List<String> values) {
    return Set.copyOf(values).size() == 1;
  }

  /** Every key of a document, with its value in each run. */
  private List<List<String>> values(String file) throws IOException {
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
    List<List<String>> all = new ArrayList<>();
    for (String key : keys) {
      List<String> row = new ArrayList<>(List.of(key));
      documents.forEach(document -> row.add(document.getOrDefault(key, Numbers.MISSING)));
      all.add(row);
    }
    return all;
  }

  private Section documents(String id, String title, String file) throws IOException {
    List<Block.Column> columns = new ArrayList<>(List.of(new Block.Column("key", false)));
    names.forEach(name -> columns.add(new Block.Column(name, false)));
    return sideBySide(
        id,
        title,
        file,
        columns,
        values(file).stream()
            .collect(Collectors.partitioningBy(row -> agree(row.subList(1, row.size())))));
  }

  /** The rows that differ; those that agree are folded below. */
  private static Section sideBySide(
      String id,
      String title,
      String file,
      List<Block.Column> columns,
      Map<Boolean, List<List<String>>> rowsByAgreement) {
    List<List<String>> different = rowsByAgreement.get(false);
    List<List<String>> same = rowsByAgreement.get(true);
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        different.isEmpty()
            ? new Block.Paragraph("The runs agree in all of " + file + ".")
            : new Block.Table("Where the runs differ (" + file + ").", columns, different, false));
    if (!same.isEmpty()) {
      blocks.add(new Block.Table("Where they agree.", columns, same, true));
    }
    return new Section(id, title, blocks);
  }

  private static List<String> keys(LayerRho.Task task) {
    return List.of(task.layer(), task.estimator(), task.target(), task.solver(), task.fitOn());
  }

  private <R extends Record> Optional<Section> results(
      String id, String title, Compared<R> compared) throws IOException {
    Map<List<String>, List<String>> rows = new LinkedHashMap<>();
    for (int i = 0; i < runs.size(); i++) {
      for (R row : runs.get(i).rows(compared.table())) {
        rows.computeIfAbsent(
                compared.keys().apply(row),
                k -> new ArrayList<>(Collections.nCopies(runs.size(), Numbers.MISSING)))
            .set(i, compared.value().apply(row));
      }
    }
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    List<Block.Column> columns = new ArrayList<>();
    compared.titles().forEach(key -> columns.add(new Block.Column(key, false)));
    columns.addAll(
        compared.before(), names.stream().map(name -> new Block.Column(name, true)).toList());
    Map<Boolean, List<List<String>>> byAgreement =
        Map.of(true, new ArrayList<>(), false, new ArrayList<>());
    rows.forEach(
        (key, values) -> {
          List<String> row = new ArrayList<>(key);
          row.addAll(compared.before(), values);
          byAgreement.get(agree(values)).add(row);
        });
    String file = compared.table().file() + "; as printed; n/a: the run has no such row";
    return Optional.of(sideBySide(id, title, file, columns, byAgreement));
  }
}

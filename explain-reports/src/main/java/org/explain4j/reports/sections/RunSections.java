package org.explain4j.reports.sections;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.page.Numbers;
import org.explain4j.reports.page.Section;
import org.explain4j.reports.page.Tables;
import org.explain4j.reports.runs.ExplainerRun;
import org.explain4j.reports.runs.Failure;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;
import tech.tablesaw.api.Table;

/** What ran: failures, methods and their times, the network, and where everything came from. */
public final class RunSections {
  private static final int MOST_LISTED = 12;

  private RunSections() {}

  /**
   * What failed; empty if nothing did.
   *
   * @throws IOException if a file is damaged
   */
  public static Optional<Section> failures(RunDirectory run) throws IOException {
    List<Failure> failures = run.failures();
    if (failures.isEmpty()) {
      return Optional.empty();
    }
    int count = failures.size();
    String warning =
        count
            + (count == 1 ? " part" : " parts")
            + " of this run failed; whatever depends on them is missing below.";
    return Optional.of(
        new Section(
            "failures",
            "Failures",
            List.of(
                new Block.Warnings(List.of(warning)),
                Tables.of("What failed.", RunTable.FAILURES.table(failures)))));
  }

  /**
   * Methods, stages and their times.
   *
   * @throws IOException if a file is damaged
   */
  public static Optional<Section> times(RunDirectory run) throws IOException {
    List<Block> blocks = new ArrayList<>();
    List<ExplainerRun> explainers = run.explainers();
    if (!explainers.isEmpty()) {
      blocks.add(methods(explainers));
    }
    Optional<Table> timings = run.table(RunTable.TIMINGS);
    timings.ifPresent(
        table ->
            blocks.add(
                Tables.of("Stages; reused: all of it is the work of an earlier session.", table)));
    return blocks.isEmpty()
        ? Optional.empty()
        : Optional.of(new Section("times", "Methods and times", blocks));
  }

  private static Block methods(List<ExplainerRun> explainers) {
    List<Block.Column> columns = new ArrayList<>();
    for (String name : List.of("group", "method", "id", "settings")) {
      columns.add(new Block.Column(name, false));
    }
    for (String name : List.of("bind s", "explain s", "images", "ms per image")) {
      columns.add(new Block.Column(name, true));
    }
    columns.add(new Block.Column("status", false));
    List<List<String>> rows = new ArrayList<>();
    for (ExplainerRun row : explainers) {
      rows.add(
          List.of(
              Methods.name(row.group()),
              row.explainer(),
              row.id(),
              row.settings(),
              Numbers.seconds(row.bindSeconds()),
              Numbers.seconds(row.seconds()),
              Numbers.count(row.images()),
              Numbers.seconds(1000 * row.seconds() / row.images()),
              status(row)));
    }
    return new Block.Table(
        "Methods, their settings, and the time to explain all images.", columns, rows, false);
  }

  private static String status(ExplainerRun row) {
    String more = row.error().isEmpty() ? row.note().orElse("") : row.error();
    return row.status() + (more.isEmpty() ? "" : ": " + more);
  }

  /**
   * The network, node by node.
   *
   * @throws IOException if a file is damaged
   */
  public static Optional<Section> network(RunDirectory run) throws IOException {
    return run.table(RunTable.NETWORK)
        .map(
            table ->
                new Section(
                    "network",
                    "Network",
                    List.of(Tables.of("Nodes in topological order.", table))));
  }

  /**
   * Configuration, seeds, versions and hashes.
   *
   * @throws IOException if a file is damaged
   */
  public static Section provenance(RunDirectory run) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    flatten("", run.document("environment.json"), rows);
    List<Block> blocks = new ArrayList<>();
    blocks.add(Question.facts(run));
    blocks.add(
        new Block.Table(
            "Versions, seeds and SHA-256 hashes (environment.json).",
            List.of(new Block.Column("what", false), new Block.Column("value", false)),
            rows,
            true));
    Optional<String> yaml = run.text("effective.yaml");
    yaml.ifPresent(
        text ->
            blocks.add(
                new Block.Folded(
                    "effective.yaml",
                    List.of(
                        new Block.Verbatim(
                            "The configuration with every default; running it again gives these"
                                + " results.",
                            text,
                            false)))));
    return new Section("provenance", "Provenance", blocks);
  }

  /**
   * What the experiment leaves out on purpose, if it says so.
   *
   * @throws IOException if the configuration is damaged
   */
  public static Optional<Section> leftOut(RunDirectory run) throws IOException {
    if (!(run.reportSetting("left-out").orElse(null) instanceof Map<?, ?> map) || map.isEmpty()) {
      return Optional.empty();
    }
    List<Block> blocks = new ArrayList<>();
    map.forEach((what, why) -> blocks.add(new Block.Paragraph(what + ": " + why + ".")));
    return Optional.of(new Section("left-out", "What is left out", blocks));
  }

  /** A list such as that of a thousand classes is cut. */
  private static String listed(List<?> list) {
    String text = String.join(", ", list.stream().limit(MOST_LISTED).map(String::valueOf).toList());
    return list.size() <= MOST_LISTED
        ? text
        : text + ", ... (" + Numbers.count(list.size()) + " in all)";
  }

  /** A document as path and value, in its order; entries of a list are named by their label. */
  public static void flatten(String path, Object value, List<List<String>> rows) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      map.forEach((key, v) -> flatten(path.isEmpty() ? key + "" : path + "." + key, v, rows));
    } else if (value instanceof List<?> list
        && list.stream().anyMatch(v -> v instanceof Map || v instanceof List)) {
      for (int i = 0; i < list.size(); i++) {
        Object name =
            list.get(i) instanceof Map<?, ?> map && map.containsKey("label") ? map.get("label") : i;
        flatten(path + "[" + name + "]", list.get(i), rows);
      }
    } else if (value instanceof List<?> list) {
      rows.add(List.of(path, listed(list)));
    } else {
      rows.add(List.of(path, value == null ? Numbers.MISSING : String.valueOf(value)));
    }
  }
}

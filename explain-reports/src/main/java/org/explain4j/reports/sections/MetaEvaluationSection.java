package org.explain4j.reports.sections;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.explain4j.reports.charts.Forest;
import org.explain4j.reports.charts.Line;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.page.Numbers;
import org.explain4j.reports.page.Section;
import org.explain4j.reports.runs.MetaScore;
import org.explain4j.reports.runs.MetaScore.Space;
import org.explain4j.reports.runs.RunDirectory;

/** Which metrics deserve belief: how they behave under perturbed inputs and weights. */
public final class MetaEvaluationSection {
  private static final String ID = "meta-evaluation";
  private static final String HOW_TO_READ =
      "A metric that deserves belief does not mind noise that leaves the predictions as they are"
          + " (noise resilience, NR), and notices noise that changes them (adversary reactivity,"
          + " AR): in the values that it gives a method (intra-consistency, IAC) and in their order"
          + " among the methods (inter-consistency, IEC). MC is the mean of the four, from 0 to 1,"
          + " high is good; it says how steady a metric is, not that it measures what its name says"
          + " (Hedström et al. 2023, arXiv 2302.07265).";

  /** One metric's rows, one for each space at most. */
  private record Judged(String metric, List<MetaScore> rows) {

    Optional<MetaScore> in(Space space) {
      return rows.stream().filter(row -> row.space() == space).findFirst();
    }

    double mc(Space space) {
      return in(space).map(MetaScore::mc).orElse(Double.NaN);
    }

    double mean() {
      return rows.stream().mapToDouble(MetaScore::mc).average().orElse(Double.NaN);
    }
  }

  private MetaEvaluationSection() {}

  /**
   * The section, if the run has a meta-evaluation.
   *
   * @throws IOException if a file is damaged
   */
  public static Optional<Section> of(RunDirectory run) throws IOException {
    List<MetaScore> rows = run.metaEvaluation();
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    List<Judged> judged =
        RowSelection.distinct(rows, MetaScore::metric).stream()
            .map(metric -> new Judged(metric, RowSelection.where(rows, MetaScore::metric, metric)))
            .sorted(Comparator.comparingDouble(MetaEvaluationSection::order))
            .toList();
    List<Block> blocks = new ArrayList<>(List.of(new Block.Paragraph(HOW_TO_READ)));
    List<Block.Panel> panels = panels(judged);
    if (!panels.isEmpty()) {
      blocks.add(figure(panels));
    }
    blocks.add(table(judged));
    remarks(rows).forEach(text -> blocks.add(new Block.Paragraph(text)));
    return Optional.of(new Section(ID, "Which metrics deserve belief", blocks));
  }

  /** The highest mean first, undefined ones last. */
  private static double order(Judged judged) {
    return Double.isNaN(judged.mean()) ? 1 : -judged.mean();
  }

  private static List<Block.Panel> panels(List<Judged> judged) {
    List<Block.Panel> panels = new ArrayList<>();
    for (Space space : Space.values()) {
      List<Forest.Row> rows = new ArrayList<>();
      for (Judged metric : judged) {
        double mc = metric.mc(space);
        if (!Double.isNaN(mc)) {
          rows.add(
              new Forest.Row(
                  metric.metric(),
                  OptionalDouble.of(mc),
                  Double.NaN,
                  Double.NaN,
                  Line.Look.reference(Line.Dash.SOLID)));
        }
      }
      if (!rows.isEmpty()) {
        String title = "perturbed " + space.word();
        Forest forest =
            new Forest("MC, " + title, "MC", rows, new Forest.Reference("none", Double.NaN));
        panels.add(new Block.Panel(title, forest.svg()));
      }
    }
    return panels;
  }

  private static Block figure(List<Block.Panel> panels) {
    return new Block.Figure(
        ID,
        panels,
        "Meta-consistency MC of each metric, the most reliable first; metrics for which it is"
            + " undefined are missing here.",
        new Block.Elsewhere(ID, "The numbers of all metrics"));
  }

  private static Block table(List<Judged> judged) {
    List<Block.Column> columns = new ArrayList<>();
    columns.add(new Block.Column("metric", false));
    columns.add(new Block.Column("score", false));
    columns.add(new Block.Column("MC", true));
    for (Space space : Space.values()) {
      for (String name :
          List.of("MC", "IAC NR", "IAC AR", "IEC NR", "IEC AR", "stayed", "changed")) {
        columns.add(new Block.Column(space.word() + ": " + name, true));
      }
    }
    List<List<String>> rows = new ArrayList<>();
    for (Judged metric : judged) {
      List<String> cells = new ArrayList<>();
      cells.add(metric.metric());
      cells.add(
          metric.rows().stream()
              .map(MetaScore::score)
              .filter(score -> !score.isEmpty())
              .findFirst()
              .orElse(Numbers.MISSING));
      cells.add(Numbers.decimals(metric.mean()));
      for (Space space : Space.values()) {
        cells.addAll(numbers(metric.in(space)));
      }
      rows.add(cells);
    }
    MetaScore any =
        judged.stream()
            .flatMap(metric -> metric.rows().stream())
            .max(Comparator.comparingLong(MetaScore::images))
            .orElseThrow();
    String caption =
        String.format(
            Locale.ROOT,
            "Meta-evaluation, by MC, the mean of both kinds of perturbation. %s images of up to %s"
                + " methods, %s perturbations of each strength; stayed and changed: how often an"
                + " image kept or changed its prediction and was looked at. n/a: undefined.",
            Numbers.count(any.images()),
            Numbers.count(any.methods()),
            Numbers.count(any.perturbations()));
    return new Block.Table(caption, columns, rows, false);
  }

  private static List<String> numbers(Optional<MetaScore> row) {
    List<String> numbers = new ArrayList<>();
    double[] shares =
        row.map(r -> new double[] {r.mc(), r.iacNr(), r.iacAr(), r.iecNr(), r.iecAr()})
            .orElse(new double[] {Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN});
    for (double share : shares) {
      numbers.add(Numbers.decimals(share));
    }
    numbers.add(row.map(r -> Numbers.count(r.minor())).orElse(Numbers.MISSING));
    numbers.add(row.map(r -> Numbers.count(r.disruptive())).orElse(Numbers.MISSING));
    return numbers;
  }

  /** What is undefined, and what was left out. */
  private static List<String> remarks(List<MetaScore> rows) {
    List<String> remarks = new ArrayList<>();
    for (MetaScore row : rows) {
      List<String> said = new ArrayList<>();
      row.note().ifPresent(said::add);
      if (row.images() > 0 && row.minor() == 0) {
        said.add("noise resilience is undefined: no prediction stayed");
      }
      if (row.images() > 0 && row.disruptive() == 0) {
        said.add("adversary reactivity is undefined: no prediction changed");
      }
      if (!said.isEmpty()) {
        remarks.add(
            String.format(
                Locale.ROOT,
                "%s, perturbed %s: %s.",
                row.metric(),
                row.space().word(),
                String.join("; ", said)));
      }
    }
    return remarks;
  }
}

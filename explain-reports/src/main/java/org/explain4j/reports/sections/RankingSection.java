package org.explain4j.reports.sections;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.explain4j.api.Group;
import org.explain4j.reports.charts.Forest;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.page.Numbers;
import org.explain4j.reports.page.Section;
import org.explain4j.reports.page.Shade;
import org.explain4j.reports.runs.MeanRank;
import org.explain4j.reports.runs.MetaScore;
import org.explain4j.reports.runs.MetricAgreement;
import org.explain4j.reports.runs.MetricRank;
import org.explain4j.reports.runs.RankingTest;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;

/** How the methods of each group stand over all metrics, and whether the metrics agree. */
public final class RankingSection {
  static final String ID = "ranking";

  private final Methods methods;
  private final List<MeanRank> means;
  private final List<RankingTest> tests;
  private final List<MetricRank> ranks;
  private final List<MetricAgreement> agreement;
  private final List<MetaScore> belief;

  private RankingSection(RunDirectory run, Methods methods) throws IOException {
    this.methods = methods;
    means = run.rows(RunTable.RANKINGS);
    tests = run.rows(RunTable.RANKING_TESTS);
    ranks = run.rows(RunTable.RANKS);
    agreement = run.rows(RunTable.METRIC_AGREEMENT);
    belief = run.metaEvaluation();
  }

  /**
   * @throws IOException if a file is damaged
   */
  public static Optional<Section> of(RunDirectory run) throws IOException {
    return new RankingSection(run, Methods.of(run)).section();
  }

  /**
   * What the tests say of each group.
   *
   * @throws IOException if a file is damaged
   */
  public static List<String> sentences(RunDirectory run) throws IOException {
    RankingSection section = new RankingSection(run, Methods.of(run));
    return section.tests.stream().flatMap(test -> section.sentences(test).all().stream()).toList();
  }

  private RankingSentences sentences(RankingTest test) {
    List<MeanRank> own = RowSelection.where(means, MeanRank::group, test.group());
    return new RankingSentences(test, own, methods);
  }

  private Optional<Section> section() {
    List<Block.Tab> groups = new ArrayList<>();
    for (RankingTest test : tests) {
      groups.add(new Block.Tab(Methods.name(test.group()), group(test)));
    }
    if (groups.isEmpty()) {
      return Optional.empty();
    }
    List<Block> blocks =
        groups.size() == 1 ? groups.get(0).blocks() : List.of(new Block.Tabs(ID, groups));
    return Optional.of(new Section(ID, "Ranking over all metrics", blocks));
  }

  private List<Block> group(RankingTest test) {
    Group group = test.group();
    List<MeanRank> own = RowSelection.where(means, MeanRank::group, group);
    List<MetricRank> byMetric = RowSelection.where(ranks, MetricRank::group, group);
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Answers(sentences(test).all()));
    blocks.add(chart(test, own));
    blocks.add(leaderboard(test, own));
    blocks.add(heat(own, byMetric));
    agreement(RowSelection.where(agreement, MetricAgreement::group, group)).ifPresent(blocks::add);
    return blocks;
  }

  /** The critical-difference diagram, a row for each method. */
  private Block chart(RankingTest test, List<MeanRank> own) {
    double half = test.criticalDifference() / 2;
    List<Forest.Row> rows =
        own.stream()
            .map(
                row ->
                    new Forest.Row(
                        row.explainer(),
                        OptionalDouble.of(row.meanRank()),
                        row.meanRank() - half,
                        row.meanRank() + half,
                        methods.look(row.explainer())))
            .toList();
    String name =
        String.format(
            Locale.ROOT,
            "mean rank of each %s method over %s; the table below has the numbers",
            Methods.name(test.group()),
            test.counted());
    String svg =
        new Forest(name, "mean rank, lower is better", rows, new Forest.Reference("", Double.NaN))
            .svg();
    String caption =
        String.format(
            Locale.ROOT,
            "Critical-difference diagram (Demšar 2006): two methods differ at the 5 %% level where"
                + " their bars do not overlap (each is half of Nemenyi's critical difference, %.2f,"
                + " to either side). Friedman's chi-squared %.1f, %s, %d methods, %s.%s",
            test.criticalDifference(),
            test.statistic(),
            Numbers.pIs(test.pValue()),
            test.methods(),
            test.counted(),
            test.settings() > 1
                ? " Settings count as independent, which those on the same images are not: p is"
                    + " smaller than it should be."
                : "");
    return new Block.Figure(
        "ranking-" + Methods.name(test.group()),
        List.of(new Block.Panel("", svg)),
        caption,
        new Block.Elsewhere(ID, "The numbers of all methods"));
  }

  private static Block leaderboard(RankingTest test, List<MeanRank> own) {
    List<Block.Column> columns =
        List.of(
            new Block.Column("method", false),
            new Block.Column("mean rank ↓", true),
            new Block.Column("place", true),
            new Block.Column("metrics", true));
    List<List<String>> rows = new ArrayList<>();
    List<Block.Mark> marks = new ArrayList<>();
    for (MeanRank row : own) {
      if (row.best()) {
        boolean first = rows.isEmpty();
        marks.add(
            new Block.Mark(
                rows.size(),
                1,
                first ? "★" : "?",
                first ? "the smallest mean rank" : "undecided against it"));
      }
      rows.add(
          List.of(
              row.explainer(),
              String.format(
                  Locale.ROOT, "%.2f [%.2f, %.2f]", row.meanRank(), row.low(), row.high()),
              Numbers.count(rows.size() + 1L),
              Numbers.count(row.metrics())));
    }
    String caption =
        Methods.name(test.group())
            + ": mean rank over metrics, each by its first score; in brackets its 95 % interval"
            + " over resampled images. ★ the smallest; ? undecided against it; the others are"
            + " worse."
            + (test.leftOut().isEmpty()
                ? ""
                : " Left out, because some method has no value: " + test.leftOut() + ".");
    return new Block.Table(caption, columns, rows, false, marks);
  }

  /** Ranks by metric; in a sweep the means over its settings. */
  private Block heat(List<MeanRank> own, List<MetricRank> ranks) {
    List<String> metrics = RowSelection.distinct(ranks, MetricRank::metric);
    List<Block.Column> columns = new ArrayList<>();
    columns.add(new Block.Column("method", false));
    for (String metric : metrics) {
      long most =
          RowSelection.where(ranks, MetricRank::metric, metric).stream()
              .mapToLong(MetricRank::methods)
              .max()
              .orElse(1);
      columns.add(new Block.Column(metric + belief(metric), true, new Shade(most, 1)));
    }
    List<List<String>> rows = new ArrayList<>();
    for (MeanRank method : own) {
      List<String> cells = new ArrayList<>(List.of(method.explainer()));
      for (String metric : metrics) {
        cells.add(
            mean(
                ranks.stream()
                    .filter(row -> row.metric().equals(metric))
                    .filter(row -> row.explainer().equals(method.explainer()))));
      }
      rows.add(cells);
    }
    String caption =
        "Rank of each method by each metric, the best mean rank first; the stronger a cell's"
            + " colour, the better the rank among the methods that the metric has values of."
            + (belief.isEmpty()
                ? ""
                : " MC: how far the metric can be believed, from 0 to 1, as the meta-evaluation"
                    + " found; metrics without it were not judged.");
    return new Block.Table(caption, columns, rows, false);
  }

  /** Beside a metric's name: how far it can be believed, if that was measured. */
  private String belief(String metric) {
    double mc =
        belief.stream()
            .filter(row -> row.metric().equals(metric))
            .mapToDouble(MetaScore::mc)
            .average()
            .orElse(Double.NaN);
    return Double.isNaN(mc) ? "" : String.format(Locale.ROOT, " (MC %.2f)", mc);
  }

  /** The mean of some ranks, as text. */
  static String mean(Stream<MetricRank> ranks) {
    double rank = ranks.mapToDouble(MetricRank::rank).average().orElse(Double.NaN);
    return Double.isNaN(rank)
        ? Numbers.MISSING
        : String.format(Locale.ROOT, rank == Math.rint(rank) ? "%.0f" : "%.1f", rank);
  }

  private static Optional<Block> agreement(List<MetricAgreement> pairs) {
    List<String> metrics = new ArrayList<>();
    pairs.forEach(
        pair -> {
          for (String metric : List.of(pair.metricA(), pair.metricB())) {
            if (!metrics.contains(metric)) {
              metrics.add(metric);
            }
          }
        });
    if (metrics.size() < 2) {
      return Optional.empty();
    }
    List<Block.Column> columns = new ArrayList<>();
    columns.add(new Block.Column("metric", false));
    metrics.forEach(metric -> columns.add(new Block.Column(metric, true, new Shade(0, 1))));
    List<List<String>> rows = new ArrayList<>();
    for (String a : metrics) {
      List<String> cells = new ArrayList<>(List.of(a));
      for (String b : metrics) {
        cells.add(a.equals(b) ? "1" : tau(pairs, a, b));
      }
      rows.add(cells);
    }
    double mean =
        pairs.stream()
            .mapToDouble(MetricAgreement::tau)
            .filter(tau -> !Double.isNaN(tau))
            .average()
            .orElse(Double.NaN);
    String caption =
        String.format(
            Locale.ROOT,
            "Agreement between metrics. Kendall's tau-b of the orders in which two metrics put the"
                + " methods: 1 the same order, 0 no relation, -1 the opposite. Mean over pairs:"
                + " %.2f.",
            mean);
    return Optional.of(new Block.Table(caption, columns, rows, true));
  }

  private static String tau(List<MetricAgreement> pairs, String a, String b) {
    return pairs.stream()
        .filter(
            pair ->
                List.of(pair.metricA(), pair.metricB()).equals(List.of(a, b))
                    || List.of(pair.metricA(), pair.metricB()).equals(List.of(b, a)))
        .findFirst()
        .filter(pair -> !Double.isNaN(pair.tau()))
        .map(pair -> String.format(Locale.ROOT, "%.2f", pair.tau()))
        .orElse(Numbers.MISSING);
  }
}

package org.explain4j.reports.sections;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.page.Numbers;
import org.explain4j.reports.page.Section;
import org.explain4j.reports.page.Shade;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.Score;

/**
 * Which methods do not change where an explanation must: when the network is randomised, when
 * another class is explained, or when what is passed down is replaced.
 */
public final class SanitySection {
  private static final String ID = "sanity";
  private static final String FAMILY = "randomisation";

  /** From here on a similarity of before and after says that hardly anything changed. */
  private static final double UNCHANGED = .9;

  /** The first score of each check; the sections of the metrics have all. */
  private final List<Score> scores;

  private final Methods methods;

  private SanitySection(RunDirectory run) throws IOException {
    this.methods = Methods.of(run);
    List<Score> family = RowSelection.where(run.scores(), Score::family, FAMILY);
    this.scores =
        RowSelection.distinct(family, Score::metric).stream()
            .map(metric -> RowSelection.where(family, Score::metric, metric))
            .flatMap(own -> RowSelection.where(own, Score::score, own.get(0).score()).stream())
            .filter(score -> !score.explainer().equals(Score.BASELINE))
            .toList();
  }

  /**
   * The section, if the run has metrics of this family.
   *
   * @throws IOException if a file is damaged
   */
  public static Optional<Section> of(RunDirectory run) throws IOException {
    SanitySection section = new SanitySection(run);
    if (section.scores.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Section(
            ID,
            "Sanity checks",
            List.of(new Block.Answers(List.of(section.sentence())), section.table())));
  }

  /**
   * Whether a method fails a check: a similarity whose 95 % interval reaches {@value #UNCHANGED},
   * or a rise that its interval does not tell from none.
   */
  static boolean fails(Score score) {
    double mean = score.band().mean();
    return score.lowerIsBetter()
        ? or(score.band().high(), mean) >= UNCHANGED
        : or(score.band().low(), mean) <= 0;
  }

  private static double or(double end, double mean) {
    return Double.isNaN(end) ? mean : end;
  }

  private List<String> labels() {
    return methods.groups().values().stream()
        .flatMap(List::stream)
        .filter(label -> scores.stream().anyMatch(score -> score.explainer().equals(label)))
        .toList();
  }

  private String sentence() {
    Map<List<String>, List<String>> failed = new LinkedHashMap<>(); // methods by what they fail
    int all = 0;
    for (String label : labels()) {
      all++;
      List<String> checks =
          RowSelection.where(scores, Score::explainer, label).stream()
              .filter(SanitySection::fails)
              .map(Score::metric)
              .toList();
      if (!checks.isEmpty()) {
        failed.computeIfAbsent(checks, key -> new ArrayList<>()).add(label);
      }
    }
    if (failed.isEmpty()) {
      return all == 1
          ? "The only method changes where it must."
          : "All " + all + " methods change where they must.";
    }
    List<String> said = new ArrayList<>();
    failed.forEach(
        (checks, labels) ->
            said.add(Sentences.joined(labels, "") + " (" + Sentences.joined(checks, "") + ")"));
    int count = failed.values().stream().mapToInt(List::size).sum();
    return String.format(
        Locale.ROOT,
        "%d of %d methods %s a check: %s.",
        count,
        all,
        count == 1 ? "fails" : "fail",
        String.join("; ", said));
  }

  private Block table() {
    List<String> metrics = RowSelection.distinct(scores, Score::metric);
    List<Block.Column> columns = new ArrayList<>(List.of(new Block.Column("method", false)));
    for (String metric : metrics) {
      Score any = RowSelection.where(scores, Score::metric, metric).get(0);
      columns.add(
          any.lowerIsBetter()
              ? new Block.Column(metric + " ↓", true, new Shade(0, 1))
              : new Block.Column(metric + " ↑", true));
    }
    List<List<String>> rows = new ArrayList<>();
    List<Block.Mark> marks = new ArrayList<>();
    for (String label : labels()) {
      List<String> cells = new ArrayList<>(List.of(label));
      for (String metric : metrics) {
        Optional<Score> score =
            scores.stream()
                .filter(s -> s.metric().equals(metric) && s.explainer().equals(label))
                .filter(s -> !Double.isNaN(s.band().mean()))
                .findFirst();
        if (score.filter(SanitySection::fails).isPresent()) {
          marks.add(new Block.Mark(rows.size(), cells.size(), "✗", "fails this check"));
        }
        cells.add(score.map(s -> Numbers.decimals(s.band().mean())).orElse(Numbers.MISSING));
      }
      rows.add(cells);
    }
    String caption =
        "Sanity checks: the similarity of explanations before and after the network is randomised"
            + " (mprt, smooth-mprt), another class is explained (random-logit) or what a layer"
            + " passes down is replaced (cosine-similarity-convergence), 1 being unchanged; and by"
            + " how much the entropy of explanations rises when the network is randomised"
            + " (efficient-mprt). ✗ fails: the 95 % interval reaches .9, or that of the rise"
            + " reaches 0. n/a: not run, or undefined. The section on randomisation has the"
            + " intervals.";
    return new Block.Table(caption, columns, rows, false, marks);
  }
}

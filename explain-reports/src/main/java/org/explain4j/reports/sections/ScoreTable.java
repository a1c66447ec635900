package org.explain4j.reports.sections;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.explain4j.api.Group;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.page.Numbers;
import org.explain4j.reports.runs.PairedDifference;
import org.explain4j.reports.runs.Score;

/** The scores of a metric, a row for each method and a column for each score. */
record ScoreTable(Methods methods, List<PairedDifference> comparisons) {

  Block of(String metric, List<Score> all) {
    Redundant redundant = Redundant.of(all);
    List<Score> scores = RowSelection.where(all, row -> !redundant.scores().contains(row.score()));
    List<String> names = RowSelection.distinct(scores, Score::score);
    List<Block.Mark> marks = new ArrayList<>();
    List<Block.Column> columns = new ArrayList<>();
    columns.add(new Block.Column("method", false));
    for (String name : names) {
      boolean lower = RowSelection.where(scores, Score::score, name).get(0).lowerIsBetter();
      columns.add(new Block.Column(name + (lower ? " ↓" : " ↑"), true));
    }
    columns.add(new Block.Column("group", false));
    columns.add(new Block.Column("images", true));
    columns.add(new Block.Column("missing", true));
    List<List<String>> rows = new ArrayList<>();
    for (String label : methods.ordered(RowSelection.distinct(scores, Score::explainer))) {
      List<Score> ofMethod = RowSelection.where(scores, Score::explainer, label);
      List<String> cells = new ArrayList<>();
      cells.add(label.equals(Score.BASELINE) ? MetricSections.RANDOM_ORDER : label);
      for (String name : names) {
        List<Score> score = RowSelection.where(ofMethod, Score::score, name);
        mark(RowSelection.where(scores, Score::score, name), label)
            .ifPresent(
                sign ->
                    marks.add(new Block.Mark(rows.size(), cells.size(), sign.sign, sign.words)));
        cells.add(score.isEmpty() ? Numbers.MISSING : Numbers.interval(score.get(0).band()));
      }
      cells.add(methods.groupOf(label).map(Methods::name).orElse(""));
      cells.add(RowSelection.range(ofMethod, Score::images, Numbers::count));
      cells.add(RowSelection.range(ofMethod, Score::missing, Numbers::count));
      rows.add(cells);
    }
    StringBuilder caption = new StringBuilder(metric);
    caption.append(
        ": mean over images and its bootstrap 95 % interval; ↓ lower is better, ↑ higher");
    caption.append(" is better. ");
    for (Sign sign : Sign.values()) {
      caption.append(sign.sign).append(' ').append(sign.words).append("; ");
    }
    caption.append("missing: images without a value.");
    for (String name : names) {
      ScoreNames.meaning(name)
          .ifPresent(meaning -> caption.append(' ').append(name).append(": ").append(meaning));
    }
    redundant.sentence().ifPresent(text -> caption.append(' ').append(text));
    return new Block.Table(caption.toString(), columns, rows, false, marks);
  }

  /** How a method stands in its group, by the paired tests. */
  private enum Sign {
    BEST("★", "best of its group by mean"),
    TIE("≈", "ties with that"),
    UNDECIDED("?", "undecided against it");

    private final String sign;
    private final String words;

    Sign(String sign, String words) {
      this.sign = sign;
      this.words = words;
    }
  }

  private Optional<Sign> mark(List<Score> scores, String label) {
    Optional<Group> group = methods.groupOf(label);
    List<Score> ranked =
        group.map(g -> Sentences.byMean(scores, methods.groups().get(g))).orElse(List.of());
    if (ranked.size() < 2) {
      return Optional.empty();
    }
    String first = ranked.get(0).explainer();
    if (first.equals(label)) {
      return Optional.of(Sign.BEST);
    }
    List<PairedDifference> tests =
        RowSelection.where(
            comparisons,
            pair ->
                pair.metric().equals(ranked.get(0).metric())
                    && pair.score().equals(ranked.get(0).score()));
    return switch (new Sentences(ranked, tests, methods).verdict(first, label)) {
      case BETTER -> Optional.empty();
      case TIE -> Optional.of(Sign.TIE);
      case UNDECIDED -> Optional.of(Sign.UNDECIDED);
    };
  }
}

package org.explain4j.reports.sections;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.explain4j.api.Group;
import org.explain4j.reports.charts.Forest;
import org.explain4j.reports.charts.Line;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.page.Numbers;
import org.explain4j.reports.page.Section;
import org.explain4j.reports.runs.ClaimStatement;
import org.explain4j.reports.runs.Finding;
import org.explain4j.reports.runs.PairedDifference;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;
import org.explain4j.reports.runs.Score;
import org.explain4j.reports.runs.Warning;

/** The first screen: what was asked, the answer, a chart that shows it, and some pictures. */
public final class SummarySection {
  /** Rows of each group in the chart; the table has all. */
  private static final int SHOWN = 5;

  private static final int MOST_SENTENCES = 3;

  private final RunDirectory run;
  private final Methods methods;
  private final List<Score> scores;

  private SummarySection(RunDirectory run) throws IOException {
    this.run = run;
    this.methods = Methods.of(run);
    this.scores = mainScore(run.scores());
  }

  /** The first score, of degradation if it was measured, decides what the first screen says. */
  private static List<Score> mainScore(List<Score> all) {
    List<Score> degradation = RowSelection.where(all, Score::family, "degradation");
    List<Score> main = degradation.isEmpty() ? all : degradation;
    return main.stream()
        .filter(row -> row.metric().equals(main.get(0).metric()))
        .filter(row -> row.score().equals(main.get(0).score()))
        .toList();
  }

  /**
   * @throws IOException if a file is damaged
   */
  public static Section of(RunDirectory run) throws IOException {
    return new SummarySection(run).section();
  }

  /**
   * The first screen of a run.
   *
   * @throws IOException if a file is damaged
   */
  public static SummarySection in(RunDirectory run) throws IOException {
    return new SummarySection(run);
  }

  /** What the run was asked. */
  public String question() throws IOException {
    return Question.of(run);
  }

  private Section section() throws IOException {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Question(question()));
    List<String> warnings = run.rows(RunTable.WARNINGS).stream().map(Warning::text).toList();
    if (!warnings.isEmpty()) {
      blocks.add(new Block.Warnings(warnings));
    }
    List<String> all = answers();
    List<String> lead = lead();
    Optional<Block> chart = scores.isEmpty() ? withoutScores() : Optional.of(forest());
    blocks.add(new Block.Columns(List.of(new Block.Answers(lead)), chart.stream().toList()));
    ImageSections.strip(run, bests()).ifPresent(blocks::add);
    if (!lead.equals(all)) {
      blocks.add(new Block.Folded("The answer in full", List.of(new Block.Answers(all))));
    }
    return new Section("summary", "Answer", blocks);
  }

  /** What its tests say, in the two or three sentences of the first screen. */
  private List<String> lead() throws IOException {
    List<String> lead = new ArrayList<>();
    if (!scores.isEmpty()) {
      lead.addAll(new Lead(sentences()).sentences());
    }
    RhoSentence.of(run).ifPresent(lead::add);
    if (lead.isEmpty()) {
      lead.addAll(answers());
    }
    return lead.subList(0, Math.min(MOST_SENTENCES, lead.size()));
  }

  private Sentences sentences() throws IOException {
    List<PairedDifference> pairs =
        RowSelection.where(
            run.comparisons(),
            pair ->
                pair.metric().equals(scores.get(0).metric())
                    && pair.score().equals(scores.get(0).score()));
    return new Sentences(scores, pairs, methods);
  }

  /** What its tests say, in sentences; at least one. */
  public List<String> answers() throws IOException {
    List<String> answers = new ArrayList<>();
    if (!scores.isEmpty()) {
      answers.addAll(sentences().all());
    }
    RhoSentence.of(run).ifPresent(answers::add);
    claims(run.rows(RunTable.CLAIMS)).ifPresent(answers::add);
    answers.addAll(RecoveryAnswer.of(run).sentences());
    answers.addAll(RankingSection.sentences(run));
    if (answers.isEmpty()) {
      answers.add("Nothing was compared in this run: it has no metrics and no signal-quality.");
    }
    return answers;
  }

  private static Optional<String> claims(List<ClaimStatement> parts) {
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    List<String> counts = new ArrayList<>();
    for (Finding finding : Finding.values()) {
      long count =
          RowSelection.distinct(parts, ClaimStatement::claim).stream()
              .map(claim -> RowSelection.where(parts, ClaimStatement::claim, claim))
              .filter(own -> Finding.of(own) == finding)
              .count();
      counts.add(count + " " + finding.word());
    }
    return Optional.of(
        "Of the paper's claims that were tested: " + String.join(", ", counts) + ".");
  }

  private Optional<Block> withoutScores() throws IOException {
    Optional<Block> rho = SignalQualitySection.figure(run);
    return rho.isPresent() ? rho : RecoveryAnswer.of(run).chart();
  }

  private Block forest() {
    List<Forest.Row> rows = new ArrayList<>();
    for (Map.Entry<Group, List<String>> group : methods.groups().entrySet()) {
      List<Score> own = byMean(group.getValue());
      if (!own.isEmpty()) {
        int more = own.size() - SHOWN;
        rows.add(
            Forest.Row.heading(
                Methods.name(group.getKey())
                    + (more > 0 ? " (best " + SHOWN + " of " + own.size() + ")" : "")));
        own.stream().limit(SHOWN).forEach(row -> rows.add(row(row)));
      }
    }
    Score first = scores.get(0);
    double baseline =
        RowSelection.where(scores, Score::explainer, Score.BASELINE).stream()
            .mapToDouble(row -> row.band().mean())
            .findFirst()
            .orElse(Double.NaN);
    String title =
        String.format(
            Locale.ROOT,
            "%s, %s is better",
            ScoreNames.title(first.score()),
            first.lowerIsBetter() ? "lower" : "higher");
    String caption =
        String.format(
            Locale.ROOT,
            "%s: %s Mean over %s images with its 95 %% interval%s. Compare within a group.",
            first.metric(),
            ScoreNames.meaning(first.score()).orElse(first.score() + "."),
            RowSelection.range(scores, Score::images, Numbers::count),
            Double.isNaN(baseline) ? "" : "; dotted: a random order");
    String name = title + " of each method; the table below has the numbers";
    String svg =
        new Forest(name, title, rows, new Forest.Reference("random order", baseline)).svg();
    return new Block.Figure(
        "answer",
        List.of(new Block.Panel("", svg)),
        caption,
        new Block.Elsewhere(MetricSections.id(first.family()), "The numbers of all methods"));
  }

  private Forest.Row row(Score row) {
    Line.Look look = methods.look(row.explainer());
    return new Forest.Row(
        row.explainer(),
        OptionalDouble.of(row.band().mean()),
        row.band().low(),
        row.band().high(),
        look);
  }

  /** Rows with a number, the best first. */
  private List<Score> byMean(List<String> labels) {
    return Sentences.byMean(scores, labels);
  }

  /** The best of each group, and the best PatternNet and PatternAttribution. */
  private List<String> bests() {
    List<String> bests = new ArrayList<>();
    for (Map.Entry<Group, List<String>> group : methods.groups().entrySet()) {
      List<String> labels =
          scores.isEmpty()
              ? group.getValue()
              : byMean(group.getValue()).stream().map(Score::explainer).toList();
      labels.stream().findFirst().ifPresent(bests::add);
      labels.stream()
          .filter(label -> Sentences.ALWAYS_NAMED.contains(methods.ids().get(label)))
          .findFirst()
          .filter(label -> !bests.contains(label))
          .ifPresent(bests::add);
    }
    return bests;
  }
}

package org.explain4j.reports.sections;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.explain4j.api.Group;
import org.explain4j.reports.charts.Forest;
import org.explain4j.reports.charts.Line;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.page.Numbers;
import org.explain4j.reports.runs.PairedDifference;
import org.explain4j.reports.runs.PairedTest;
import org.explain4j.reports.runs.Verdict;

/** How the scores of a run differ from those of an earlier one, by tests on the same images. */
public final class ChangedScores {
  private static final double NEARLY = 1e-6;

  private ChangedScores() {}

  /**
   * @param run the later run's name
   * @param tests empty if the runs explain different images
   */
  public static String sentence(String run, Optional<List<PairedDifference>> tests) {
    if (tests.isEmpty()) {
      return run
          + " explains other images or classes, or none: its scores stand beside the others, but"
          + " nothing is decided.";
    }
    List<PairedDifference> all = told(tests.get());
    if (all.isEmpty()) {
      return run + " has no score of a method in common with the first run.";
    }
    long equal = all.stream().filter(ChangedScores::isSame).count();
    return String.format(
        Locale.ROOT,
        "%s: scores of methods on the same images: %d; better now: %d, better before: %d, tie: %d"
            + " (the same on every image: %d), undecided: %d.",
        run,
        all.size(),
        all.stream().filter(pair -> is(pair, "better now")).count(),
        all.stream().filter(pair -> is(pair, "better before")).count(),
        all.stream().filter(pair -> isSame(pair) || verdict(pair) == Verdict.TIE).count(),
        equal,
        all.stream().filter(pair -> !isSame(pair) && verdict(pair) == Verdict.UNDECIDED).count());
  }

  private static boolean is(PairedDifference pair, String words) {
    return pair.better().filter(words::equals).isPresent();
  }

  private static Verdict verdict(PairedDifference pair) {
    return pair.verdict().orElse(Verdict.UNDECIDED);
  }

  /** The same on every image. */
  private static boolean isSame(PairedDifference pair) {
    PairedTest test = pair.test();
    return test.difference() == 0 && !(test.low() < 0) && !(test.high() > 0);
  }

  /** A chart for each score of which anything changed, and a table of all. */
  public static List<Block> charts(String first, String run, List<PairedDifference> tests) {
    List<Block> blocks = new ArrayList<>();
    List<Block.Panel> panels = new ArrayList<>();
    List<PairedDifference> told = told(tests);
    for (String score : RowSelection.distinct(told, ChangedScores::score)) {
      List<PairedDifference> own = RowSelection.where(told, ChangedScores::score, score);
      if (!own.stream().allMatch(ChangedScores::isSame)) {
        String name = "Change of " + score + " for each method, with its 95 % interval";
        panels.add(new Block.Panel(score, forest(name, own).svg()));
      }
    }
    if (!panels.isEmpty()) {
      blocks.add(
          new Block.Figure(
              "changes-" + run,
              panels,
              run
                  + " minus "
                  + first
                  + ": mean difference over the same images with its 95 % interval. In brackets:"
                  + " the outcome of the paired tests, adjusted for all of them (Holm).",
              table(first, run, tests)));
    } else if (!tests.isEmpty()) {
      blocks.add(table(first, run, tests));
    }
    return blocks;
  }

  /** Without scores that say what an earlier one says, such as AOPC after the mean probability. */
  private static List<PairedDifference> told(List<PairedDifference> tests) {
    List<String> scores = RowSelection.distinct(tests, ChangedScores::score);
    List<PairedDifference> told = new ArrayList<>();
    for (int i = 0; i < scores.size(); i++) {
      List<PairedDifference> own = RowSelection.where(tests, ChangedScores::score, scores.get(i));
      if (scores.subList(0, i).stream()
          .map(earlier -> RowSelection.where(tests, ChangedScores::score, earlier))
          .noneMatch(earlier -> isMirrored(earlier, own))) {
        told.addAll(own);
      }
    }
    return told;
  }

  /** Whether every method's change is the other score's with the other sign. */
  private static boolean isMirrored(List<PairedDifference> a, List<PairedDifference> b) {
    boolean mirrored = a.size() == b.size() && !a.stream().allMatch(ChangedScores::isSame);
    for (int i = 0; i < a.size() && mirrored; i++) {
      double sum = a.get(i).test().difference() + b.get(i).test().difference();
      mirrored = a.get(i).explainerA().equals(b.get(i).explainerA()) && Math.abs(sum) < NEARLY;
    }
    return mirrored;
  }

  private static String score(PairedDifference pair) {
    return pair.metric() + ", " + pair.score();
  }

  private static Forest forest(String name, List<PairedDifference> tests) {
    List<Forest.Row> rows = new ArrayList<>();
    for (Group group : Group.values()) {
      List<PairedDifference> own = RowSelection.where(tests, PairedDifference::group, group);
      if (!own.isEmpty()) {
        rows.add(Forest.Row.heading(Methods.name(group)));
        own.forEach(
            pair ->
                rows.add(
                    new Forest.Row(
                        pair.explainerA() + " (" + words(pair) + ")",
                        OptionalDouble.of(pair.test().difference()),
                        pair.test().low(),
                        pair.test().high(),
                        Line.Look.ofMethod(pair.explainerA().split(" ", 2)[0], 0))));
      }
    }
    return new Forest(name, "change", rows, new Forest.Reference("no change", 0));
  }

  private static String words(PairedDifference pair) {
    return isSame(pair) ? "the same" : pair.better().orElse(verdict(pair).word());
  }

  private static Block.Table table(String first, String run, List<PairedDifference> tests) {
    List<TestTable.Row> rows = new ArrayList<>();
    for (PairedDifference pair : tests) {
      List<String> words =
          List.of(
              pair.metric(),
              pair.score(),
              Methods.name(pair.group()),
              pair.explainerA(),
              words(pair));
      String band = Numbers.interval(pair.test().band());
      rows.add(new TestTable.Row(words, band, pair.test(), pair.images()));
    }
    return new TestTable(
            List.of("metric", "score", "group", "method", "verdict"), "change", "images")
        .of("What changed from " + first + " to " + run + ", method by method.", rows);
  }
}

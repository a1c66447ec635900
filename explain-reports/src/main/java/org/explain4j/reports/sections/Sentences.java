package org.explain4j.reports.sections;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.explain4j.api.Group;
import org.explain4j.reports.page.Numbers;
import org.explain4j.reports.runs.PairedDifference;
import org.explain4j.reports.runs.Score;
import org.explain4j.reports.runs.Verdict;

/**
 * What the paired tests of one score say of the methods, in sentences: who leads, who ties, where
 * PatternNet and PatternAttribution stand, and who does not beat a random order.
 *
 * @param scores one row for each method, and perhaps the baseline
 * @param pairs tests of this score
 */
record Sentences(List<Score> scores, List<PairedDifference> pairs, Methods methods) {
  /** Scores that differ by less, with the whole interval, are the same when printed. */
  private static final double SAME = 5e-4;

  static final List<String> ALWAYS_NAMED = List.of("pattern-net", "pattern-attribution");

  /** All of them; those on groups of one method are left out. */
  List<String> all() {
    List<String> sentences = new ArrayList<>();
    for (Map.Entry<Group, List<String>> group : methods.groups().entrySet()) {
      List<String> byMean = byMean(group.getValue());
      if (byMean.size() > 1) {
        sentences.add(group(group.getKey(), byMean));
      }
    }
    random().ifPresent(sentences::add);
    return sentences;
  }

  /** Labels with a score, the best mean first. */
  List<String> byMean(List<String> labels) {
    return byMean(scores, labels).stream().map(Score::explainer).toList();
  }

  /** Rows of these labels with a number, the best first. */
  static List<Score> byMean(List<Score> scores, List<String> labels) {
    Comparator<Score> order = Comparator.comparingDouble(row -> row.band().mean());
    return scores.stream()
        .filter(row -> labels.contains(row.explainer()) && !Double.isNaN(row.band().mean()))
        .sorted(scores.get(0).lowerIsBetter() ? order : order.reversed())
        .toList();
  }

  private String group(Group group, List<String> byMean) {
    String noun = Methods.name(group) + "s";
    long images = scores.get(0).images();
    if (Verdict.reason(images).isPresent()) {
      return String.format(
          Locale.ROOT,
          "Not enough images to rank the %s: %d of at least %d.",
          noun,
          images,
          Verdict.FEWEST_IMAGES);
    }
    List<String> alike = alike(byMean);
    List<String> ties = against(byMean, Verdict.TIE, alike);
    List<String> undecided = against(byMean, Verdict.UNDECIDED, alike);
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "Among %d %s, ", byMean.size(), noun));
    text.append(String.join(" = ", alike)).append(" (").append(mean(alike.get(0))).append(")");
    boolean others = byMean.size() > alike.size() + ties.size() + undecided.size();
    if (ties.isEmpty() && undecided.isEmpty()) {
      text.append(others ? " is better than every other." : " give the same.");
    } else {
      text.append(undecided.isEmpty() ? " ties with " : " leads by mean only: ");
      text.append(joined(ties, undecided.isEmpty() ? "" : "it ties with "));
      text.append(ties.isEmpty() || undecided.isEmpty() ? "" : ", and ");
      text.append(joined(undecided, "whether it is better than "));
      text.append(undecided.isEmpty() ? "" : " is undecided");
      text.append(others ? "; it is better than the rest." : ".");
    }
    ALWAYS_NAMED.forEach(id -> standing(id, byMean, alike).ifPresent(text::append));
    return text.toString();
  }

  static String joined(List<String> names, String before) {
    if (names.isEmpty()) {
      return "";
    }
    int last = names.size() - 1;
    String text =
        last == 0
            ? names.get(0)
            : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    return before + text;
  }

  /** The first, and those that have the very same scores. */
  List<String> alike(List<String> byMean) {
    double best = of(byMean.get(0)).band().mean();
    return byMean.stream()
        .filter(label -> Math.abs(of(label).band().mean() - best) < SAME)
        .filter(label -> label.equals(byMean.get(0)) || difference(byMean.get(0), label) == 0)
        .toList();
  }

  private double difference(String a, String b) {
    return pair(a, b)
        .map(
            pair ->
                Math.max(Math.abs(pair.test().low()), Math.abs(pair.test().high())) < SAME
                    ? 0
                    : pair.test().difference())
        .orElse(Double.NaN);
  }

  /** Those that the first was tested against with this outcome; untested ones are undecided. */
  List<String> against(List<String> byMean, Verdict verdict, List<String> without) {
    String first = byMean.get(0);
    return byMean.stream()
        .filter(label -> !without.contains(label) && verdict(first, label) == verdict)
        .filter(label -> verdict != Verdict.BETTER)
        .toList();
  }

  /** Undecided also where the tests, which go by ranks, find the other better. */
  Verdict verdict(String first, String other) {
    Optional<PairedDifference> pair = pair(first, other);
    return pair.flatMap(PairedDifference::better).filter(other::equals).isPresent()
        ? Verdict.UNDECIDED
        : pair.flatMap(PairedDifference::verdict).orElse(Verdict.UNDECIDED);
  }

  private Optional<PairedDifference> pair(String a, String b) {
    return pairs.stream()
        .filter(
            pair ->
                (pair.explainerA().equals(a) && pair.explainerB().equals(b))
                    || (pair.explainerA().equals(b) && pair.explainerB().equals(a)))
        .findFirst();
  }

  Score of(String label) {
    return RowSelection.where(scores, Score::explainer, label).get(0);
  }

  private String mean(String label) {
    return Numbers.interval(of(label).band());
  }

  /** Where a method's best variant stands, if it does not lead. */
  private Optional<String> standing(String id, List<String> byMean, List<String> leading) {
    Optional<String> best = best(id, byMean);
    if (best.isEmpty() || leading.contains(best.get())) {
      return Optional.empty();
    }
    String first = byMean.get(0);
    return Optional.of(
        String.format(
            Locale.ROOT,
            " %s %s (%s, by %s)%s.",
            best.get(),
            against(first, best.get()),
            mean(best.get()),
            Numbers.measured(Math.abs(of(best.get()).band().mean() - of(first).band().mean())),
            random(best.get()).map(" and "::concat).orElse("")));
  }

  /** The first of a method's variants. */
  Optional<String> best(String id, List<String> byMean) {
    return byMean.stream()
        .filter(label -> methods.ids().getOrDefault(label, label).equals(id))
        .findFirst();
  }

  /** How a method compares with the first. */
  String against(String first, String label) {
    return switch (verdict(first, label)) {
      case TIE -> "ties with " + first;
      case UNDECIDED -> "is undecided against " + first;
      case BETTER -> "is worse than " + first;
    };
  }

  /** How a method compares with the baseline. */
  private Optional<String> random(String label) {
    return pairs.stream()
        .filter(pair -> pair.isWithBaseline() && pair.explainerA().equals(label))
        .findFirst()
        .flatMap(
            pair ->
                pair.verdict()
                    .map(
                        verdict ->
                            switch (verdict) {
                              case TIE -> "ties with a random order";
                              case UNDECIDED -> "is undecided against a random order";
                              case BETTER ->
                                  pair.better().filter(label::equals).isPresent()
                                      ? "better than a random order"
                                      : "worse than a random order";
                            }));
  }

  /** The outcome of the tests against the baseline; empty for runs of older versions. */
  private Optional<String> random() {
    List<String> worse = new ArrayList<>();
    List<String> notBetter = new ArrayList<>();
    for (PairedDifference pair : pairs) {
      if (pair.isWithBaseline() && pair.verdict().isPresent()) {
        if (pair.better().filter(Score.BASELINE::equals).isPresent()) {
          worse.add(pair.explainerA());
        } else if (pair.better().isEmpty()) {
          notBetter.add(pair.explainerA() + " (" + pair.verdict().get().word() + ")");
        }
      }
    }
    if (Verdict.reason(scores.get(0).images()).isPresent()) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>();
    if (!worse.isEmpty()) {
      parts.add("Worse than a random order: " + joined(worse, "") + ".");
    }
    if (!notBetter.isEmpty()) {
      parts.add("Not better than a random order: " + joined(notBetter, "") + ".");
    }
    if (parts.isEmpty() && pairs.stream().anyMatch(PairedDifference::isWithBaseline)) {
      parts.add("Every method is better than a random order.");
    }
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(parts.stream().collect(Collectors.joining(" ")));
  }
}

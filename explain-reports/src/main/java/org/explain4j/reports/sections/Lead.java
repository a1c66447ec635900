package org.explain4j.reports.sections;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.explain4j.api.Group;
import org.explain4j.reports.page.Numbers;
import org.explain4j.reports.runs.PairedDifference;
import org.explain4j.reports.runs.Score;
import org.explain4j.reports.runs.Verdict;

/**
 * The first sentences of an answer: who leads each group, where PatternNet and PatternAttribution
 * stand, and who does not beat a random order. {@link Sentences} has all of it at length.
 */
record Lead(Sentences all) {
  private static final int MOST_NAMED = 3;

  List<String> sentences() {
    long images = all.scores().get(0).images();
    if (Verdict.reason(images).isPresent()) {
      return List.of(
          String.format(
              Locale.ROOT,
              "Not enough images to rank methods: %d of at least %d.",
              images,
              Verdict.FEWEST_IMAGES));
    }
    List<String> groups = new ArrayList<>();
    List<String> standings = new ArrayList<>();
    for (Map.Entry<Group, List<String>> group : all.methods().groups().entrySet()) {
      List<String> byMean = all.byMean(group.getValue());
      if (byMean.size() > 1) {
        List<String> alike = all.alike(byMean);
        groups.add(leads(group.getKey(), byMean, alike));
        Sentences.ALWAYS_NAMED.forEach(id -> standing(id, byMean, alike).ifPresent(standings::add));
      }
    }
    List<String> sentences = new ArrayList<>();
    if (!groups.isEmpty()) {
      sentences.add(capital(String.join("; ", groups)) + ".");
    }
    List<String> rest = new ArrayList<>();
    if (!standings.isEmpty()) {
      rest.add(String.join("; ", standings) + ".");
    }
    random().ifPresent(rest::add);
    if (!rest.isEmpty()) {
      sentences.add(String.join(" ", rest));
    }
    return sentences;
  }

  private String leads(Group group, List<String> byMean, List<String> alike) {
    int ties = all.against(byMean, Verdict.TIE, alike).size();
    int undecided = all.against(byMean, Verdict.UNDECIDED, alike).size();
    String first = String.join(" = ", alike);
    String mean = Numbers.measured(all.of(alike.get(0)).band().mean());
    String among = byMean.size() + " " + Methods.name(group) + "s";
    if (alike.size() == byMean.size()) {
      return String.format(Locale.ROOT, "all %s give the same (%s)", among, mean);
    }
    if (ties == 0 && undecided == 0) {
      return String.format(
          Locale.ROOT, "of %s, %s (%s) is better than every other", among, first, mean);
    }
    List<String> others = new ArrayList<>();
    if (ties > 0) {
      others.add("ties with " + ties);
    }
    if (undecided > 0) {
      others.add("undecided against " + undecided);
    }
    String verb = undecided == 0 ? "" : " leads by mean only";
    return String.format(
        Locale.ROOT,
        "of %s, %s (%s)%s%s %s",
        among,
        first,
        mean,
        verb,
        undecided == 0 ? "" : ",",
        String.join(", ", others));
  }

  /** Where a method's best variant stands, if it does not lead. */
  private Optional<String> standing(String id, List<String> byMean, List<String> alike) {
    Optional<String> best = all.best(id, byMean).filter(label -> !alike.contains(label));
    return best.map(
        label ->
            String.format(
                Locale.ROOT,
                "%s %s (by %s)",
                label,
                all.against(byMean.get(0), label),
                Numbers.measured(
                    Math.abs(all.of(label).band().mean() - all.of(byMean.get(0)).band().mean()))));
  }

  private Optional<String> random() {
    List<String> worse = new ArrayList<>();
    List<String> open = new ArrayList<>();
    boolean tested = false;
    for (PairedDifference pair : all.pairs()) {
      if (pair.isWithBaseline() && pair.verdict().isPresent()) {
        tested = true;
        if (pair.better().filter(Score.BASELINE::equals).isPresent()) {
          worse.add(pair.explainerA());
        } else if (pair.better().isEmpty()) {
          open.add(pair.explainerA());
        }
      }
    }
    if (!tested) {
      return Optional.empty();
    }
    if (worse.isEmpty() && open.isEmpty()) {
      return Optional.of("Every method is better than a random order.");
    }
    List<String> parts = new ArrayList<>();
    if (!worse.isEmpty()) {
      parts.add("worse than a random order: " + few(worse));
    }
    if (!open.isEmpty()) {
      parts.add(
          (worse.isEmpty() ? "not better than a random order: " : "not better: ") + few(open));
    }
    return Optional.of(capital(String.join("; ", parts)) + ".");
  }

  static String few(List<String> names) {
    int more = names.size() - MOST_NAMED;
    return more > 1
        ? String.join(", ", names.subList(0, MOST_NAMED)) + " and " + more + " more"
        : Sentences.joined(names, "");
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}

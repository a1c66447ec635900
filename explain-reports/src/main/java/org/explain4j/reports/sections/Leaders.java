package org.explain4j.reports.sections;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.explain4j.reports.runs.PairedDifference;
import org.explain4j.reports.runs.RhoDifference;
import org.explain4j.reports.runs.Verdict;

/**
 * Who is ahead among several methods, by the paired tests of the run and not by means alone.
 *
 * @param verdict better if the first is better than every other, tie if it ties with all that it is
 *     not better than, otherwise undecided
 * @param names the first by mean, and those that it is not better than
 */
record Leaders(Verdict verdict, List<String> names) {

  /**
   * What a test of two found.
   *
   * @param better the better one; empty unless the verdict is better
   */
  record Outcome(String a, String b, Verdict verdict, Optional<String> better) {
    static Outcome of(RhoDifference pair) {
      return new Outcome(pair.estimatorA(), pair.estimatorB(), pair.verdict(), pair.better());
    }

    /** Undecided in files of older versions. */
    static Outcome of(PairedDifference pair) {
      Verdict found = pair.verdict().orElse(Verdict.UNDECIDED);
      return new Outcome(pair.explainerA(), pair.explainerB(), found, pair.better());
    }

    private boolean isOf(String one, String other) {
      return (a.equals(one) && b.equals(other)) || (a.equals(other) && b.equals(one));
    }
  }

  /**
   * @param byMean names, the best mean first; at least one
   * @param outcomes of pairs; those that were not tested are undecided
   */
  static Leaders of(List<String> byMean, List<Outcome> outcomes) {
    String first = byMean.get(0);
    List<String> names = new ArrayList<>(List.of(first));
    boolean ties = true;
    for (String other : byMean.subList(1, byMean.size())) {
      Optional<Outcome> found = outcomes.stream().filter(o -> o.isOf(first, other)).findFirst();
      if (found.flatMap(Outcome::better).filter(first::equals).isEmpty()) {
        names.add(other);
        ties &= found.filter(o -> o.verdict() == Verdict.TIE).isPresent();
      }
    }
    Verdict verdict = names.size() == 1 ? Verdict.BETTER : ties ? Verdict.TIE : Verdict.UNDECIDED;
    return new Leaders(verdict, names);
  }

  /** The same with the names of a tie in the alphabet's order, as their means do not rank them. */
  Leaders unranked() {
    return verdict == Verdict.TIE ? new Leaders(verdict, names.stream().sorted().toList()) : this;
  }
}

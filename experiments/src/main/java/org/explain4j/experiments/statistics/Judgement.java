package org.explain4j.experiments.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.explain4j.reports.runs.PairedTest;
import org.explain4j.reports.runs.Verdict;

/**
 * A paired comparison of a with b, judged within its family of questions.
 *
 * <p>{@link Verdict#BETTER} comes first: a difference beyond chance gets this verdict however small
 * it is, and its size is given beside it. Its mean and its ranks must point the same way; otherwise
 * which one is better depends on the question, and the verdict is {@link Verdict#UNDECIDED}.
 *
 * @param holm the p-value adjusted in the family; empty if there is none
 * @param margin differences closer to 0 do not matter in practice
 */
public record Judgement(Paired paired, OptionalDouble holm, double margin) {
  private static final double LEVEL = 0.05;

  public Judgement {
    if (!(margin > 0)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "The margin (%s) must be above 0.", margin));
    }
  }

  /**
   * Judges all comparisons of a family: those without a p-value do not count towards its size.
   *
   * @param margins of each
   */
  public static List<Judgement> family(List<Paired> family, List<Double> margins) {
    double[] tested =
        family.stream()
            .filter(paired -> paired.pValue().isPresent())
            .mapToDouble(paired -> paired.pValue().getAsDouble())
            .toArray();
    double[] adjusted = Holm.adjust(tested);
    List<Judgement> judged = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < family.size(); i++) {
      boolean has = family.get(i).pValue().isPresent();
      OptionalDouble holm = has ? OptionalDouble.of(adjusted[next++]) : OptionalDouble.empty();
      judged.add(new Judgement(family.get(i), holm, margins.get(i)));
    }
    return judged;
  }

  public Verdict verdict() {
    if (holm.isPresent() && holm.getAsDouble() < LEVEL && sign() != 0) {
      return Verdict.BETTER;
    }
    boolean inside = paired.inner().filter(interval -> interval.inside(margin)).isPresent();
    return inside ? Verdict.TIE : Verdict.UNDECIDED;
  }

  /** 1 where a is larger by mean and by ranks, -1 where b is, 0 where they disagree. */
  private int sign() {
    double mean = Math.signum(paired.difference().mean());
    double ranks = paired.effect().isPresent() ? Math.signum(paired.effect().getAsDouble()) : mean;
    return mean == ranks ? (int) mean : 0;
  }

  /**
   * Whether a is the better one; empty unless the verdict is {@link Verdict#BETTER}.
   *
   * @param lowerIsBetter whether small values are good
   */
  public Optional<Boolean> better(boolean lowerIsBetter) {
    return verdict() == Verdict.BETTER
        ? Optional.of(sign() > 0 != lowerIsBetter)
        : Optional.empty();
  }

  /**
   * As a row of a table has it.
   *
   * @param effect matched rank-biserial correlation, from -1 to 1; NaN if there is none
   */
  public PairedTest test(double effect) {
    return new PairedTest(
        paired.difference().mean(),
        paired.difference().low(),
        paired.difference().high(),
        paired.inner().map(Interval::low).orElse(Double.NaN),
        paired.inner().map(Interval::high).orElse(Double.NaN),
        paired.pValue().orElse(Double.NaN),
        holm.orElse(Double.NaN),
        effect,
        margin);
  }

  /** Why nothing could be decided, if there are too few images: {@code not enough images ...}. */
  public Optional<String> reason() {
    return Verdict.reason(paired.difference().n());
  }
}

package org.explain4j.experiments.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.explain4j.experiments.configuration.ClaimSettings;
import org.explain4j.reports.runs.Band;
import org.explain4j.reports.runs.Claim;
import org.explain4j.reports.runs.ClaimStatement;
import org.explain4j.reports.runs.Finding;
import org.explain4j.reports.runs.LayerRho;
import org.explain4j.reports.runs.RhoDifference;

/** The claims on rho, layer by layer and for every target. */
record RhoClaims(Roles roles, Evidence evidence, ClaimSettings settings) {

  /** A random direction: interval within a band around 0. */
  List<ClaimStatement> randomIsZero() {
    List<ClaimStatement> parts = new ArrayList<>();
    for (String random : roles.estimators(Roles.RANDOM)) {
      for (LayerRho row : of(random)) {
        double zero = settings.zero();
        Band band = row.rho().band();
        Finding finding =
            band.low() > -zero && band.high() < zero
                ? Finding.SUPPORTED
                : band.low() > zero || band.high() < -zero
                    ? Finding.CONTRADICTED
                    : Finding.UNDECIDED;
        parts.add(
            part(
                Claim.RANDOM_IS_ZERO,
                row,
                String.format(Locale.ROOT, "within %s of 0: ρ", zero),
                finding));
      }
    }
    return parts;
  }

  /**
   * The filter: better than random in the first third of the layers, a tie or worse in the last. A
   * difference inside the margin is a tie here even where it is beyond chance.
   */
  List<ClaimStatement> filterEarlyOnly() {
    List<ClaimStatement> parts = new ArrayList<>();
    List<String> layers = evidence.layers();
    int third = (layers.size() + 2) / 3;
    for (String filter : roles.estimators(Roles.FILTER)) {
      for (String random : roles.estimators(Roles.RANDOM)) {
        for (String target : evidence.targets()) {
          for (int i = 0; i < third; i++) {
            early(layers.get(i), target, filter, random).ifPresent(parts::add);
          }
          for (int i = Math.max(third, layers.size() - third); i < layers.size(); i++) {
            late(layers.get(i), target, filter, random).ifPresent(parts::add);
          }
        }
      }
    }
    return parts;
  }

  private Optional<ClaimStatement> early(
      String layer, String target, String filter, String random) {
    return pair(layer, target, filter, random)
        .map(pair -> better(Claim.FILTER_EARLY_ONLY, pair, filter, random));
  }

  private Optional<ClaimStatement> late(String layer, String target, String filter, String random) {
    return pair(layer, target, filter, random)
        .map(
            pair -> {
              boolean tie = pair.test().isTie();
              Finding finding =
                  tie || pair.better().filter(random::equals).isPresent()
                      ? Finding.SUPPORTED
                      : pair.better().isPresent() ? Finding.CONTRADICTED : Finding.UNDECIDED;
              return part(
                  Claim.FILTER_EARLY_ONLY,
                  pair,
                  filter,
                  "not above " + random + ": ρ difference",
                  finding);
            });
  }

  /**
   * The learned estimators: above a threshold in every layer, and the two-component one better than
   * the linear one in every dense layer, however both are fitted.
   */
  List<ClaimStatement> learnedRemoveMost() {
    List<ClaimStatement> parts = new ArrayList<>();
    for (String id : Roles.LEARNED) {
      for (String estimator : roles.estimators(id)) {
        of(estimator).forEach(row -> parts.add(most(row)));
      }
    }
    for (String layer : evidence.layers().stream().filter(roles.dense()::contains).toList()) {
      for (String target : evidence.targets()) {
        for (String two : roles.estimators(Roles.TWO_COMPONENT)) {
          for (String linear : roles.estimators(Roles.LINEAR)) {
            pair(layer, target, two, linear)
                .map(pair -> better(Claim.LEARNED_REMOVE_MOST, pair, two, linear))
                .ifPresent(parts::add);
          }
        }
      }
    }
    return parts;
  }

  private ClaimStatement most(LayerRho row) {
    Band band = row.rho().band();
    Finding finding =
        band.low() > settings.most()
            ? Finding.SUPPORTED
            : band.high() < settings.most() ? Finding.CONTRADICTED : Finding.UNDECIDED;
    return part(
        Claim.LEARNED_REMOVE_MOST,
        row,
        String.format(Locale.ROOT, "above %s: ρ", settings.most()),
        finding);
  }

  private List<LayerRho> of(String estimator) {
    return evidence.rho().stream()
        .filter(row -> row.task().estimator().equals(estimator))
        .filter(row -> !Double.isNaN(row.rho().mean()))
        .toList();
  }

  private Optional<RhoDifference> pair(String layer, String target, String a, String b) {
    return evidence.pairs().stream()
        .filter(pair -> pair.layer().equals(layer) && pair.target().equals(target))
        .filter(
            pair ->
                List.of(a, b).contains(pair.estimatorA())
                    && List.of(a, b).contains(pair.estimatorB()))
        .findFirst();
  }

  private static ClaimStatement better(Claim claim, RhoDifference pair, String a, String b) {
    Finding finding =
        pair.better()
            .map(who -> who.equals(a) ? Finding.SUPPORTED : Finding.CONTRADICTED)
            .orElse(Finding.UNDECIDED);
    return part(claim, pair, a, "above " + b + ": ρ difference", finding);
  }

  private static ClaimStatement part(
      Claim claim, RhoDifference pair, String a, String statement, Finding finding) {
    int sign = pair.estimatorA().equals(a) ? 1 : -1;
    double[] ends = {sign * pair.test().low(), sign * pair.test().high()};
    return new ClaimStatement(
        claim,
        place(pair.layer(), pair.target()),
        a,
        statement,
        sign * pair.test().difference(),
        sign > 0 ? ends[0] : ends[1],
        sign > 0 ? ends[1] : ends[0],
        pair.test().pHolm(),
        finding);
  }

  private static ClaimStatement part(Claim claim, LayerRho row, String statement, Finding finding) {
    Band band = row.rho().band();
    LayerRho.Task task = row.task();
    return new ClaimStatement(
        claim,
        place(task.layer(), task.target()),
        task.estimator(),
        statement,
        band.mean(),
        band.low(),
        band.high(),
        Double.NaN,
        finding);
  }

  private static String place(String layer, String target) {
    return layer + ", target " + target;
  }
}

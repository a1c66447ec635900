package org.explain4j.experiments.claims;

import java.util.List;
import org.explain4j.reports.runs.Claim;
import org.explain4j.reports.runs.ClaimStatement;
import org.explain4j.reports.runs.Finding;
import org.explain4j.reports.runs.RecoveredSignal;

/**
 * Only pattern methods solve the linear toy: methods with learned patterns pass at every mean of
 * the distractor's factor, the others at none.
 */
record ToyClaim(Roles roles, Evidence evidence) {
  private static final String PASS = "PASS";
  private static final String MEAN = "mean";

  List<ClaimStatement> parts() {
    boolean means = evidence.toy().stream().anyMatch(row -> row.noise().equals(MEAN));
    return evidence.toy().stream()
        .filter(row -> !row.verdict().isEmpty() && row.noise().equals(MEAN) == means)
        .map(this::part)
        .toList();
  }

  private ClaimStatement part(RecoveredSignal row) {
    boolean learned = roles.isLearned(row.explainer());
    boolean passes = row.verdict().equals(PASS);
    return new ClaimStatement(
        Claim.TOY,
        row.noise() + " " + row.angle(),
        row.explainer(),
        learned ? "shows the signal: |cosine|" : "does not show the signal: |cosine|",
        row.cosine(),
        Double.NaN,
        Double.NaN,
        Double.NaN,
        learned == passes ? Finding.SUPPORTED : Finding.CONTRADICTED);
  }
}

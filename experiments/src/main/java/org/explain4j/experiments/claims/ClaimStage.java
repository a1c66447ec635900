package org.explain4j.experiments.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.explain4j.experiments.configuration.ClaimSettings;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.configuration.Settings;
import org.explain4j.experiments.results.CellHash;
import org.explain4j.experiments.results.FileNames;
import org.explain4j.experiments.results.Ledger;
import org.explain4j.experiments.results.RunOutput;
import org.explain4j.experiments.statistics.Bootstrap;
import org.explain4j.network.Network;
import org.explain4j.reports.runs.ClaimStatement;
import org.explain4j.reports.runs.LayerRho;
import org.explain4j.reports.runs.RhoDifference;
import org.explain4j.reports.runs.RunTable;
import org.explain4j.reports.runs.Score;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Decides on the paper's claims from what the stages before it have found. One cell. */
public record ClaimStage(Experiment experiment, RunOutput output, Ledger ledger) {
  private static final String NAME = "claims";

  /**
   * @param network the one that was measured, if any
   */
  public void run(Optional<Network> network) {
    Roles roles = Roles.of(experiment, network);
    Evidence evidence = evidence(roles);
    ledger.cell(
        NAME,
        NAME,
        hash(roles, evidence),
        cell ->
            parts(roles, evidence, experiment.claims().orElseThrow())
                .forEach(part -> cell.row(RunTable.CLAIMS, part)));
  }

  private Evidence evidence(Roles roles) {
    List<LayerRho> rho =
        ledger.rows(RunTable.SIGNAL_QUALITY).stream()
            .filter(row -> row.task().solver().equals(roles.solver()))
            .toList();
    List<RhoDifference> pairs =
        ledger.rows(RunTable.RHO_COMPARISONS).stream()
            .filter(pair -> pair.solver().equals(roles.solver()))
            .toList();
    return new Evidence(
        rho,
        pairs,
        ledger.rows(RunTable.SIGNAL_RECOVERY),
        ledger.rows(RunTable.SCORES),
        this::values,
        experiment.comparisons(),
        new Bootstrap(experiment.comparisons().resamples(), experiment.seed()));
  }

  private double[] values(Score score, String explainer) {
    String file = FileNames.values("scores", score.metric(), score.score(), explainer);
    try (INDArray values = output.read(file)) {
      return values.toDoubleVector();
    }
  }

  private String hash(Roles roles, Evidence evidence) {
    return CellHash.of(
        roles,
        Settings.yaml(experiment.claims().orElseThrow()),
        Settings.yaml(experiment.comparisons()),
        experiment.seed(),
        RunTable.SIGNAL_QUALITY.csv(evidence.rho()),
        RunTable.RHO_COMPARISONS.csv(evidence.pairs()),
        RunTable.SIGNAL_RECOVERY.csv(evidence.toy()),
        RunTable.SCORES.csv(evidence.scores()),
        CellHash.ofCode(ClaimStage.class));
  }

  static List<ClaimStatement> parts(Roles roles, Evidence evidence, ClaimSettings settings) {
    RhoClaims rho = new RhoClaims(roles, evidence, settings);
    ScoreClaims scores = new ScoreClaims(roles, evidence);
    List<ClaimStatement> parts = new ArrayList<>(new ToyClaim(roles, evidence).parts());
    parts.addAll(rho.randomIsZero());
    parts.addAll(rho.filterEarlyOnly());
    parts.addAll(rho.learnedRemoveMost());
    parts.addAll(scores.fastestDegradation());
    parts.addAll(scores.signalLikeInput());
    return parts;
  }
}

package org.explain4j.experiments.stages;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.explain4j.experiments.passes.SplitMoments;
import org.explain4j.experiments.results.CellHash;
import org.explain4j.experiments.setup.Part;
import org.explain4j.experiments.setup.Run;
import org.explain4j.network.training.Shuffle;
import org.explain4j.reports.runs.LayerRho;
import org.explain4j.reports.runs.RunTable;
import org.explain4j.reports.runs.Warning;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a reader of the results must know first. */
final class WarningStage {
  private static final String NAME = "warnings";

  /** Images that other preprocessings and orders of classes are tried on. */
  private static final int TRIED = 100;

  /** With fewer images, paired tests find large differences only. */
  private static final int FEW = 30;

  /** From this share of inputs to samples on, sampling hides much of the signal. */
  private static final double MANY_INPUTS = 0.5;

  private final Run run;

  WarningStage(Run run) {
    this.run = run;
  }

  /** Looks at the network before its explanations are computed. */
  void network() {
    Part c = run.parts().c();
    run.ledger()
        .cell(
            NAME,
            "accuracy",
            CellHash.of(NAME, "accuracy", run.base(), c.hash(), run.experiment().seed()),
            cell ->
                readings(c)
                    .warning()
                    .ifPresent(text -> cell.row(RunTable.WARNINGS, new Warning("accuracy", text))));
    run.ledger()
        .cell(
            NAME,
            "samples",
            CellHash.of(
                NAME,
                "samples",
                SplitMoments.ofA(run.setup()).hash(),
                SampleWarnings.areNeeded(run)),
            cell -> new SampleWarnings(run).all().forEach(w -> cell.row(RunTable.WARNINGS, w)));
  }

  private OtherReadings readings(Part c) {
    int[] some =
        Arrays.stream(Shuffle.order(c.size(), new SplittableRandom(run.experiment().seed())))
            .limit(TRIED)
            .map(i -> c.indices()[i])
            .toArray();
    INDArray pixels = c.split().inputs(some);
    return new OtherReadings(
        run.network(), run.model().preprocessing(), pixels, c.split().labels(some));
  }

  /** Looks at the results. */
  void results() {
    int failed = run.ledger().rows(RunTable.FAILURES).size();
    if (failed > 0) {
      warn(
          "failures",
          "%d part%s of the work failed, whose results are missing; failures.csv says why.",
          failed,
          failed == 1 ? "" : "s");
    }
    int images = run.experiment().explain().images();
    if (!run.experiment().metrics().isEmpty() && images < FEW) {
      warn(
          "images",
          "Only %d images are explained, so that all but large differences between methods stay"
              + " undecided. Maybe set explain.images to 100.",
          images);
    }
    List<LayerRho> rho =
        run.ledger().rows(RunTable.SIGNAL_QUALITY).stream()
            .filter(row -> !Double.isNaN(row.rho().mean()))
            .toList();
    String wide =
        rho.stream()
            .filter(row -> row.sampling().dOverN() >= MANY_INPUTS)
            .map(row -> row.task().layer())
            .distinct()
            .collect(Collectors.joining(", "));
    if (!wide.isEmpty()) {
      warn(
          "rho",
          "In %s a neuron has hardly fewer inputs than split B has samples: much of rho is the cost"
              + " of sampling. Maybe set splits.b to more images.",
          wide);
    }
    String part =
        rho.stream()
            .filter(row -> row.compared().orElse(row.neurons()) < row.neurons())
            .map(row -> row.task().layer())
            .distinct()
            .collect(Collectors.joining(", "));
    if (!part.isEmpty()) {
      warn("rho", "In %s means are over a part of the neurons; the table says how many.", part);
    }
  }

  private void warn(String about, String text, Object... values) {
    run.ledger()
        .row(RunTable.WARNINGS, new Warning(about, String.format(Locale.ROOT, text, values)));
  }
}

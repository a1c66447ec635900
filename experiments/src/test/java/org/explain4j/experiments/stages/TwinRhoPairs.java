package org.explain4j.experiments.stages;

import static java.util.Map.entry;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.explain4j.reports.runs.LayerRho;
import org.explain4j.reports.runs.NeuronRho;
import org.explain4j.reports.runs.PairedTest;
import org.explain4j.reports.runs.RhoDifference;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;
import org.explain4j.reports.runs.Verdict;

/** What the table of paired estimators should say. */
record TwinRhoPairs(RunDirectory run, TwinRhoTables rho) {

  /**
   * Compares every row.
   *
   * @param margin within which rho counts as equal
   */
  String check(double margin) throws IOException {
    TwinTable<RhoDifference> table = new TwinTable<>(run, RunTable.RHO_COMPARISONS);
    List<NeuronRho> neurons = run.rows(RunTable.SIGNAL_QUALITY_NEURONS);
    for (RhoDifference row : table.rows()) {
      LayerRho.Task a = rho.task(row.layer(), row.estimatorA(), row.target(), row.solver());
      LayerRho.Task b = rho.task(row.layer(), row.estimatorB(), row.target(), row.solver());
      TwinResampled difference = rho.resampled(a).minus(rho.resampled(b));
      TwinTable.Between[] outer = difference.ends(.95);
      TwinTable.Between always = TwinTable.Between.around(difference.mean());
      TwinTable.Between[] inner =
          difference.isConstant() ? new TwinTable.Between[] {always, always} : difference.ends(.9);
      double holm = holm(table.rows(), row);
      Verdict verdict = verdict(holm, row.test(), margin);
      int[] common = rho.compared(a);
      table.check(
          row,
          Map.ofEntries(
              entry("layer", a.layer()),
              entry("layer_index", a.layerIndex()),
              entry("target", a.target()),
              entry("solver", a.solver()),
              entry("estimator_a", a.estimator()),
              entry("estimator_b", b.estimator()),
              entry("compared", common.length),
              entry("difference", difference.mean()),
              entry("low", outer[0]),
              entry("high", outer[1]),
              entry("low90", inner[0]),
              entry("high90", inner[1]),
              entry("p_value", difference.p()),
              entry("p_holm", holm),
              entry("effect", NaiveStatistics.effect(ofNeurons(neurons, row, common))),
              entry("margin", margin),
              entry("verdict", verdict.word()),
              entry(
                  "better",
                  verdict != Verdict.BETTER
                      ? ""
                      : difference.mean() > 0 ? a.estimator() : b.estimator()),
              entry("groups", difference.without().length)));
    }
    return table.finish(rho.pairs());
  }

  private static Verdict verdict(double holm, PairedTest test, double margin) {
    boolean inside = -margin < test.low90() && test.high90() < margin;
    return holm < .05 ? Verdict.BETTER : inside ? Verdict.TIE : Verdict.UNDECIDED;
  }

  private static double holm(List<RhoDifference> rows, RhoDifference row) {
    double[] family =
        rows.stream()
            .filter(o -> o.layer().equals(row.layer()) && o.target().equals(row.target()))
            .filter(o -> o.solver().equals(row.solver()))
            .mapToDouble(o -> o.test().pValue())
            .toArray();
    return NaiveStatistics.holm(family, row.test().pValue());
  }

  /** Ranks turn at the last digit: they are those of the table, which the twin of that verifies. */
  private static double[] ofNeurons(List<NeuronRho> all, RhoDifference row, int[] compared) {
    double[][] both = new double[2][];
    for (int side = 0; side < 2; side++) {
      String estimator = side == 0 ? row.estimatorA() : row.estimatorB();
      List<NeuronRho> own =
          all.stream()
              .filter(n -> n.layer().equals(row.layer()) && n.target().equals(row.target()))
              .filter(n -> n.solver().equals(row.solver()) && n.estimator().equals(estimator))
              .toList();
      both[side] = Arrays.stream(compared).mapToDouble(j -> own.get(j).rho()).toArray();
    }
    return TwinResampled.minus(both[0], both[1]);
  }
}

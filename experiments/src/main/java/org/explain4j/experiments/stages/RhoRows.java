package org.explain4j.experiments.stages;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.explain4j.api.KebabCase;
import org.explain4j.api.RegressionTarget;
import org.explain4j.api.Rho;
import org.explain4j.api.SignalEstimator;
import org.explain4j.api.SignalQuality;
import org.explain4j.experiments.configuration.Configured;
import org.explain4j.experiments.passes.SplitMoments;
import org.explain4j.experiments.results.Cell;
import org.explain4j.experiments.results.Ledger;
import org.explain4j.experiments.results.Table;
import org.explain4j.experiments.setup.Run;
import org.explain4j.experiments.statistics.Band;
import org.explain4j.experiments.statistics.Bootstrap;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Node;

/**
 * The rows that tell of one rho. The band of a layer mean is over its neurons, drawn anew with
 * replacement: how far the mean of as many other neurons of the kind might be off. It says nothing
 * of other images, which would move all neurons together.
 */
record RhoRows(
    Run run,
    Node node,
    Configured<SignalEstimator> estimator,
    RegressionTarget target,
    Configured<SignalQuality> solver) {
  private static final String REFERENCE = "closed-form";

  void write(Cell cell, Optional<Rho> rho) {
    layer(cell, rho);
    rho.ifPresent(r -> neurons(cell, r));
  }

  private void layer(Cell cell, Optional<Rho> rho) {
    LinearLayer layer = (LinearLayer) node.layer();
    double[] included = rho.map(r -> included(r.evaluated(), r.included())).orElse(new double[0]);
    Band band = new Bootstrap(run.experiment().seed()).mean(included);
    double[] all = rho.map(r -> present(r.evaluated())).orElse(new double[0]);
    double[] fitted = rho.map(r -> included(r.fitted(), r.included())).orElse(new double[0]);
    Map<String, Double> diagnostics = rho.map(Rho::diagnostics).orElse(Map.of());
    double d = layer.fanIn();
    double nA = SplitMoments.ofA(run.setup()).samples(node);
    double nB = SplitMoments.ofRho(run.setup(), "B", run.parts().b()).samples(node);
    cell.row(
        Table.SIGNAL_QUALITY,
        node.name(),
        run.network().linearNodes().indexOf(node),
        estimator.label(),
        KebabCase.of(estimator.extension().fitOn()),
        KebabCase.of(target),
        solver.label(),
        layer.neurons(),
        rho.isPresent() ? included.length : null,
        mean(included),
        band.low(),
        band.high(),
        mean(all),
        quantile(included, 50),
        quantile(included, 5),
        quantile(included, 25),
        quantile(included, 75),
        quantile(included, 95),
        mean(fitted),
        layer.fanIn(),
        (long) nA,
        (long) nB,
        SplitMoments.ofRho(run.setup(), "C", run.parts().c()).samples(node),
        d / nB,
        1 - Math.sqrt(d * nB / (nA * (nA + nB))),
        diagnostics.get("ridge"),
        whole(diagnostics.get("dropped-inputs")),
        whole(diagnostics.get("leaking")),
        whole(diagnostics.get("steps")),
        diagnostics.get("seconds"),
        whole(diagnostics.get("converged")),
        diagnostics.get("loss"),
        null);
  }

  private void neurons(Cell cell, Rho rho) {
    for (int i = 0; i < rho.evaluated().length; i++) {
      cell.row(
          Table.SIGNAL_QUALITY_NEURONS,
          node.name(),
          estimator.label(),
          KebabCase.of(estimator.extension().fitOn()),
          KebabCase.of(target),
          solver.label(),
          i,
          rho.evaluated()[i],
          rho.fitted()[i],
          rho.included()[i]);
    }
  }

  private static Long whole(Double value) {
    return value == null ? null : Long.valueOf(value.longValue());
  }

  private static double mean(double[] values) {
    return values.length == 0 ? Double.NaN : StatUtils.mean(values);
  }

  private static double quantile(double[] values, double percent) {
    return values.length == 0 ? Double.NaN : new Percentile().evaluate(values, percent);
  }

  private static double[] included(double[] values, boolean[] included) {
    return IntStream.range(0, values.length)
        .filter(i -> included[i])
        .mapToDouble(i -> values[i])
        .filter(v -> !Double.isNaN(v))
        .toArray();
  }

  private static double[] present(double[] values) {
    return Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
  }

  /**
   * Turns each solver's loss into its gap to the closed form on the same layer, estimator and
   * target, and fills in the gap of rho. Needs the rows of all solvers, so it comes last.
   */
  static void fillGaps(Ledger ledger, List<Configured<SignalQuality>> solvers) {
    String reference =
        solvers.stream()
            .filter(s -> s.extension().id().equals(REFERENCE))
            .map(Configured::label)
            .findFirst()
            .orElse("");
    Map<List<String>, List<String>> exact = new HashMap<>();
    List<List<String>> rows = ledger.rowsOf(Table.SIGNAL_QUALITY);
    for (List<String> row : rows) {
      if (field(row, "solver").equals(reference)) {
        exact.put(key(row), List.copyOf(row));
      }
    }
    rows.replaceAll(row -> withGaps(row, exact.get(key(row)), reference));
  }

  private static List<String> withGaps(List<String> row, List<String> exact, String reference) {
    List<String> filled = new ArrayList<>(row);
    boolean other = exact != null && !field(row, "solver").equals(reference);
    filled.set(
        Table.SIGNAL_QUALITY.column("gap_loss"),
        other ? difference(field(row, "gap_loss"), field(exact, "gap_loss")) : "");
    filled.set(
        Table.SIGNAL_QUALITY.column("gap_rho"),
        other ? difference(field(row, "mean"), field(exact, "mean")) : "");
    return filled;
  }

  private static List<String> key(List<String> row) {
    return List.of(field(row, "layer"), field(row, "estimator"), field(row, "target"));
  }

  private static String field(List<String> row, String column) {
    return row.get(Table.SIGNAL_QUALITY.column(column));
  }

  private static String difference(String a, String b) {
    return a.isEmpty() || b.isEmpty()
        ? ""
        : Double.toString(Double.parseDouble(a) - Double.parseDouble(b));
  }
}

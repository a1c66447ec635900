package org.explain4j.reports.sections;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.explain4j.reports.page.Numbers;
import org.explain4j.reports.runs.LayerRho;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;

/** What the paired tests of rho say of the signal estimators, in a sentence. */
final class RhoSentence {
  /** Layers; the tables name all of them. */
  private static final int MOST_NAMED = 4;

  private RhoSentence() {}

  /** Of the target and solver that the report shows first; empty if nothing was compared. */
  static Optional<String> of(RunDirectory run) throws IOException {
    List<LayerRho> rho = run.signalQuality();
    if (rho.isEmpty()) {
      return Optional.empty();
    }
    LayerRho.Task first = rho.get(0).task();
    List<LayerRho> part = SignalQualitySection.of(rho, first.solver(), first.target());
    List<String> all = RowSelection.distinct(part, row -> row.task().layer());
    Map<Leaders, List<String>> layers =
        Standing.ofEstimators(
            rho, run.rows(RunTable.RHO_COMPARISONS), first.solver(), first.target());
    return layers.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "Signal estimators (the best mean ρ of a layer is %s, target %s): %s.",
                RowSelection.range(best(part, all), row -> row.rho().mean(), Numbers::decimals),
                first.target(),
                layers.entrySet().stream()
                    .map(e -> said(e.getKey()) + " in " + where(e.getValue(), all))
                    .collect(Collectors.joining("; "))));
  }

  private static List<LayerRho> best(List<LayerRho> part, List<String> layers) {
    List<LayerRho> best = new ArrayList<>();
    for (String layer : layers) {
      byMean(RowSelection.where(part, row -> row.task().layer(), layer)).stream()
          .findFirst()
          .ifPresent(best::add);
    }
    return best;
  }

  private static String said(Leaders leaders) {
    List<String> names = leaders.names();
    return switch (leaders.verdict()) {
      case BETTER -> names.get(0) + " is better than every other";
      case TIE -> String.join(" and ", names) + " tie";
      case UNDECIDED ->
          names.get(0)
              + " leads by mean only, undecided against "
              + String.join(", ", names.subList(1, names.size()));
    };
  }

  private static String where(List<String> layers, List<String> all) {
    if (layers.size() == all.size()) {
      return all.size() == 1 ? all.get(0) : "all " + all.size() + " layers";
    }
    return layers.size() > MOST_NAMED
        ? layers.size() + " of " + all.size() + " layers"
        : String.join(", ", layers);
  }

  /** Rows with a number, the best first. */
  static List<LayerRho> byMean(List<LayerRho> layer) {
    Comparator<LayerRho> order = Comparator.comparingDouble(row -> row.rho().mean());
    return layer.stream()
        .filter(row -> !Double.isNaN(row.rho().mean()))
        .sorted(order.reversed())
        .toList();
  }
}

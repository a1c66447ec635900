package org.explain4j.reports.sections;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.page.Numbers;
import org.explain4j.reports.page.Section;
import org.explain4j.reports.page.Tables;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** rho per layer (Kindermans et al., Fig. 3): a chart and tables for each target and solver. */
public final class SignalQualitySection {
  private static final String ABOUT =
      "ρ(S) = 1 − max corr(y, v′d̂) says how little of a neuron's output can still be read from what"
          + " an estimator S calls distractor (Kindermans et al., Eq. 1): 1 is best. The estimator is"
          + " fitted on split A, the regression v on split B; ρ is evaluated on split C, which"
          + " neither has seen. The floor is what sampling alone leaves of a perfect ρ.";

  private SignalQualitySection() {}

  private static final List<String> DIAGNOSTICS =
      List.of(
          "ridge",
          "dropped_inputs",
          "leaking",
          "steps",
          "seconds",
          "converged",
          "gap_loss",
          "gap_rho");

  /**
   * @throws IOException if a file is damaged
   */
  public static Optional<Section> of(RunDirectory run) throws IOException {
    Optional<Table> table = run.table(RunTable.SIGNAL_QUALITY);
    if (table.isEmpty()) {
      return Optional.empty();
    }
    Table rho = table.get().sortAscendingOn("layer_index");
    Optional<Table> patterns = run.table(RunTable.PATTERNS);
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Paragraph(ABOUT));
    for (String solver : Rows.distinct(rho, "solver")) {
      for (String target : Rows.distinct(rho, "target")) {
        Table part = Rows.where(Rows.where(rho, "solver", solver), "target", target);
        if (!part.isEmpty()) {
          blocks.add(new Block.Heading("Target " + target + ", solver " + solver));
          LayerMeans means = LayerMeans.of(part);
          blocks.add(RhoFigure.of(means, target, solver));
          blocks.add(means(means));
          blocks.add(details(part, patterns));
        }
      }
    }
    blocks.add(diagnostics(rho));
    return Optional.of(
        new Section("signal-quality", "Signal estimators: ρ per layer (Fig. 3)", blocks));
  }

  private static Block means(LayerMeans rho) {
    List<Block.Column> columns = new ArrayList<>(List.of(new Block.Column("layer", false)));
    for (String name : List.of("d", "n_B", "d / n", "floor")) {
      columns.add(new Block.Column(name, true));
    }
    rho.means().keySet().forEach(e -> columns.add(new Block.Column(e.title(), true)));
    columns.add(new Block.Column("dropped", true));
    columns.add(new Block.Column("ridge", true));
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < rho.layers().size(); i++) {
      List<String> cells = new ArrayList<>(List.of(rho.layers().get(i)));
      cells.add(Numbers.count(rho.ofLayers("d")[i]));
      cells.add(Numbers.count(rho.ofLayers("n_b")[i]));
      cells.add(Numbers.measured(rho.ofLayers("d_over_n")[i]));
      cells.add(Numbers.decimals(rho.ofLayers("floor")[i]));
      for (LayerMeans.Estimator e : rho.means().keySet()) {
        cells.add(
            Numbers.decimals(rho.means().get(e)[i], rho.low().get(e)[i], rho.high().get(e)[i]));
      }
      cells.add(Numbers.count(rho.ofLayers("dropped_inputs")[i]));
      cells.add(Numbers.measured(rho.ofLayers("ridge")[i]));
      rows.add(cells);
    }
    return new Block.Table(
        "Mean ρ per layer, split C, with the bootstrap 95 % interval over neurons. Dropped: inputs"
            + " that are constant on split B or linear combinations of others, left out of the regression; ridge: added to"
            + " each input's variance.",
        columns, rows, false);
  }

  private static Block details(Table part, Optional<Table> patterns) {
    List<String> elsewhere = new ArrayList<>(List.of("layer_index", "target", "solver"));
    elsewhere.addAll(DIAGNOSTICS);
    Table details = part.rejectColumns(elsewhere.toArray(String[]::new));
    if (patterns.isPresent()) {
      details.addColumns(
          counts(part, patterns.get(), "dead", "positive_unoccupied"),
          counts(part, patterns.get(), "always on", "negative_unoccupied"),
          counts(part, patterns.get(), "vanishing +", "positive_vanishing"),
          counts(part, patterns.get(), "vanishing −", "negative_vanishing"));
    }
    return Tables.folded(
        "Everything measured: low and high are the bootstrap 95 % interval of the mean over neurons;"
            + " quantiles over neurons; mean all includes the neurons that the mean"
            + " leaves out; mean fitted is on split B; dead: neurons never positive on split A, always"
            + " on: never negative, vanishing: without pattern because Eq. 7's denominator vanishes.",
        details);
  }

  private static StringColumn counts(Table part, Table patterns, String title, String column) {
    StringColumn counts = StringColumn.create(title);
    for (Row row : part) {
      Table match =
          Rows.where(
              patterns,
              p ->
                  p.getString("layer").equals(row.getString("layer"))
                      && p.getString("estimator").equals(row.getString("estimator"))
                      && p.getString("fit_on").equals(row.getString("fit_on")));
      counts.append(
          match.isEmpty() ? Numbers.MISSING : Numbers.count(match.row(0).getDouble(column)));
    }
    return counts;
  }

  private static Block diagnostics(Table rho) {
    return Tables.folded(
        "How v was found. Dropped: inputs that are constant on split B, or linear combinations of others; leaking: neurons"
            + " whose pattern carries y into the residual along such an input; gaps: the difference between ADAM and the closed form, in the loss on split B and in ρ"
            + " on split C.",
        rho.selectColumns(
            Stream.concat(
                    Stream.of("layer", "estimator", "fit_on", "target", "solver"),
                    DIAGNOSTICS.stream())
                .toArray(String[]::new)));
  }
}

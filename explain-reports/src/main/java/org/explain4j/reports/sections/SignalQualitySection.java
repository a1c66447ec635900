package org.explain4j.reports.sections;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.page.Numbers;
import org.explain4j.reports.page.Section;
import org.explain4j.reports.page.Tables;
import org.explain4j.reports.runs.LayerRho;
import org.explain4j.reports.runs.PatternCounts;
import org.explain4j.reports.runs.RhoDifference;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** rho per layer (Kindermans et al., Fig. 3): a chart and tables for each target and solver. */
public final class SignalQualitySection {
  private static final String ID = "signal-quality";

  private static final String ABOUT =
      "ρ(S) = 1 − max corr(y, v′d̂) says how little of a neuron's output can still be read from"
          + " what an estimator S calls distractor (Kindermans et al., Eq. 1): 1 is best.";

  private static final List<String> READING =
      List.of(
          "The estimator is fitted on split A, the regression v on split B; ρ is evaluated on split"
              + " C, which neither has seen. A chance correlation there may be negative, so that ρ"
              + " may exceed 1 a little.",
          "Expected from sampling alone is the ρ that a perfect estimator would reach on average:"
              + " with few samples for many inputs, v finds a correlation in noise. It is an"
              + " expectation, not a bound; patches that share an image count as fewer independent"
              + " samples, by a jackknife over images.",
          "The identity S(x) = x has no ρ: it leaves no distractor to read anything from. random is"
              + " an estimator with a random direction for each neuron.",
          "Target: the neuron's output before (pre) or after (post) its rectifier. Estimators are"
              + " fitted on pre, those named post on post.");

  private SignalQualitySection() {}

  private static final List<String> SIZES =
      List.of("neurons", "d", "n_A", "n_B", "n_C", "d / n", "effective n_A, n_B", "expected");

  private static final List<String> DIAGNOSTICS =
      List.of(
          "ridge",
          "dropped_inputs",
          "leaking",
          "steps",
          "seconds",
          "converged",
          "distance",
          "gap_loss",
          "gap_rho");

  /**
   * @throws IOException if a file is damaged
   */
  public static Optional<Section> of(RunDirectory run) throws IOException {
    List<LayerRho> rho =
        run.signalQuality().stream()
            .sorted(Comparator.comparingLong(row -> row.task().layerIndex()))
            .toList();
    if (rho.isEmpty()) {
      return Optional.empty();
    }
    List<PatternCounts> patterns = run.rows(RunTable.PATTERNS);
    List<RhoDifference> pairs = run.rows(RunTable.RHO_COMPARISONS);
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Paragraph(ABOUT));
    List<Block.Tab> tabs = new ArrayList<>();
    for (String solver : RowSelection.distinct(rho, row -> row.task().solver())) {
      for (String target : RowSelection.distinct(rho, row -> row.task().target())) {
        List<LayerRho> part = of(rho, solver, target);
        if (!part.isEmpty()) {
          LayerMeans means = LayerMeans.of(part);
          List<Block> tab = new ArrayList<>();
          tab.addAll(RhoFigure.of(means, target, solver, means(means)));
          tab.add(RhoFigure.overNeurons(means, target, solver));
          tab.addAll(RhoPairs.of(pairs, target, solver));
          tab.add(details(part, patterns));
          tabs.add(new Block.Tab("target " + target + ", " + solver, tab));
        }
      }
    }
    blocks.add(new Block.Tabs("rho", tabs));
    blocks.add(
        new Block.Folded(
            "How to read ρ", READING.stream().<Block>map(Block.Paragraph::new).toList()));
    blocks.add(diagnostics(rho));
    return Optional.of(new Section(ID, "Signal estimators: ρ per layer (Fig. 3)", blocks));
  }

  /** The chart of the first target and solver; empty if rho was not measured. */
  static Optional<Block> figure(RunDirectory run) throws IOException {
    List<LayerRho> rho = run.signalQuality();
    if (rho.isEmpty()) {
      return Optional.empty();
    }
    LayerRho.Task first = rho.get(0).task();
    LayerMeans means = LayerMeans.of(of(rho, first.solver(), first.target()));
    Block.Elsewhere numbers = new Block.Elsewhere(ID, "The numbers of all layers");
    return Optional.of(RhoFigure.of(means, first.target(), first.solver(), numbers).get(0));
  }

  static List<LayerRho> of(List<LayerRho> rho, String solver, String target) {
    return RowSelection.where(
        rho, row -> row.task().solver().equals(solver) && row.task().target().equals(target));
  }

  private static Block.Table means(LayerMeans rho) {
    List<Block.Column> columns = new ArrayList<>(List.of(new Block.Column("layer", false)));
    rho.bands().keySet().forEach(e -> columns.add(new Block.Column(e.title(), true)));
    for (String name : SIZES) {
      columns.add(new Block.Column(name, true));
    }
    columns.add(new Block.Column("dropped", true));
    columns.add(new Block.Column("ridge", true));
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < rho.layers().size(); i++) {
      List<String> cells = new ArrayList<>(List.of(rho.layers().get(i)));
      for (LayerMeans.Estimator e : rho.bands().keySet()) {
        cells.add(rho.mean(e, i));
      }
      cells.add(rho.compared(i));
      cells.addAll(sizes(rho, i));
      cells.add(Numbers.count(rho.ofLayers(SignalQualitySection::dropped)[i]));
      cells.add(Numbers.measured(rho.ofLayers(row -> row.solution().ridge())[i]));
      rows.add(cells);
    }
    return new Block.Table(
        "Mean ρ per layer, split C, over the neurons that all estimators include, with the"
            + " bootstrap 95 % interval over "
            + (rho.overImages() ? "images" : "neurons")
            + "; all: the mean over every neuron whose ρ is defined, where some are not compared."
            + " Effective n: the number of independent samples worth as much as n_A and n_B"
            + " receptive fields, which share images; expected: the ρ of a perfect estimator from"
            + " sampling alone."
            + " Dropped: inputs that are constant on split B or linear combinations of others, left"
            + " out of the regression; ridge: added to each input's variance.",
        columns,
        rows,
        false);
  }

  private static List<String> sizes(LayerMeans rho, int layer) {
    String effective =
        Numbers.count(rho.ofLayers(row -> row.sampling().effectiveNA())[layer])
            + ", "
            + Numbers.count(rho.ofLayers(row -> row.sampling().effectiveNB())[layer]);
    return List.of(
        Numbers.count(rho.ofLayers(row -> row.sampling().d())[layer]),
        Numbers.count(rho.ofLayers(row -> row.sampling().nA())[layer]),
        Numbers.count(rho.ofLayers(row -> row.sampling().nB())[layer]),
        Numbers.count(rho.ofLayers(row -> row.sampling().nC())[layer]),
        Numbers.measured(rho.ofLayers(row -> row.sampling().dOverN())[layer]),
        effective,
        Numbers.decimals(rho.ofLayers(row -> row.sampling().expectedFromSampling())[layer]));
  }

  private static double dropped(LayerRho row) {
    OptionalLong dropped = row.solution().droppedInputs();
    return dropped.isPresent() ? dropped.getAsLong() : Double.NaN;
  }

  private static Block details(List<LayerRho> part, List<PatternCounts> patterns) {
    List<String> elsewhere =
        new ArrayList<>(
            List.of("layer_index", "target", "solver", "d", "n_a", "n_b", "n_c", "d_over_n"));
    elsewhere.addAll(List.of("effective_n_a", "effective_n_b", "expected_from_sampling"));
    elsewhere.addAll(DIAGNOSTICS);
    Table details =
        RunTable.SIGNAL_QUALITY.table(part).rejectColumns(elsewhere.toArray(String[]::new));
    if (!patterns.isEmpty()) {
      details.addColumns(
          counts(part, patterns, "dead", PatternCounts::positiveUnoccupied),
          counts(part, patterns, "always on", PatternCounts::negativeUnoccupied),
          counts(part, patterns, "vanishing +", PatternCounts::positiveVanishing),
          counts(part, patterns, "vanishing −", PatternCounts::negativeVanishing));
    }
    return Tables.folded(
        "Everything measured. Included: neurons that this estimator includes, whose mean is mean"
            + " included; compared: those that all estimators include, over which mean and"
            + " quantiles are taken; mean all: over every neuron whose ρ is defined; images low and"
            + " high, neurons low and high: bootstrap 95 % intervals of the mean over images and"
            + " over neurons; mean fitted is on split B; dead: neurons never positive on split A,"
            + " always on: never negative, vanishing: without a pattern because Eq. 7's"
            + " denominator vanishes.",
        details);
  }

  private static StringColumn counts(
      List<LayerRho> part,
      List<PatternCounts> patterns,
      String title,
      ToLongFunction<PatternCounts> count) {
    StringColumn counts = StringColumn.create(title);
    for (LayerRho row : part) {
      LayerRho.Task task = row.task();
      counts.append(
          patterns.stream()
              .filter(p -> p.layer().equals(task.layer()))
              .filter(p -> p.estimator().equals(task.estimator()))
              .filter(p -> p.fitOn().equals(task.fitOn()))
              .findFirst()
              .map(p -> Numbers.count(count.applyAsLong(p)))
              .orElse(Numbers.MISSING));
    }
    return counts;
  }

  private static Block diagnostics(List<LayerRho> rho) {
    return Tables.folded(
        "How v was found. Dropped: inputs that are constant on split B, or linear combinations of"
            + " others; leaking: neurons whose residual still contains y on split B, because a"
            + " regime has no pattern or the pattern points along a dropped input; distance: the"
            + " search ended within that of the exact loss on split B, as a share of the target's"
            + " variance, and has converged up to .01; gaps: the difference between ADAM and the"
            + " closed form, in the loss on split B and in ρ on split C.",
        RunTable.SIGNAL_QUALITY
            .table(rho)
            .selectColumns(
                Stream.concat(
                        Stream.of("layer", "estimator", "fit_on", "target", "solver"),
                        DIAGNOSTICS.stream())
                    .toArray(String[]::new)));
  }
}

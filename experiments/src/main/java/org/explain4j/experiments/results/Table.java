package org.explain4j.experiments.results;

import java.util.List;

/** The tables of a run directory; docs/run-directory.md says what their columns mean. */
public enum Table {
  NETWORK("network", "node", "kind", "inputs", "output_shape", "parameters"),
  PATTERNS(
      "patterns",
      "estimator",
      "fit_on",
      "layer",
      "neurons",
      "positive_fitted",
      "positive_unoccupied",
      "positive_vanishing",
      "negative_fitted",
      "negative_unoccupied",
      "negative_vanishing"),
  SIGNAL_QUALITY(
      "signal-quality",
      "layer",
      "layer_index",
      "estimator",
      "fit_on",
      "target",
      "solver",
      "neurons",
      "included",
      "mean",
      "low",
      "high",
      "mean_all",
      "median",
      "q05",
      "q25",
      "q75",
      "q95",
      "mean_fitted",
      "d",
      "n_a",
      "n_b",
      "n_c",
      "d_over_n",
      "floor",
      "ridge",
      "dropped_inputs",
      "leaking",
      "steps",
      "seconds",
      "converged",
      "gap_loss",
      "gap_rho"),
  SIGNAL_QUALITY_NEURONS(
      "signal-quality-neurons",
      "layer",
      "estimator",
      "fit_on",
      "target",
      "solver",
      "neuron",
      "rho",
      "rho_fitted",
      "included"),
  IMAGES(
      "images",
      "row",
      "name",
      "label",
      "label_name",
      "predicted",
      "predicted_name",
      "explained",
      "explained_name",
      "confidence"),
  EXPLAINERS(
      "explainers",
      "explainer",
      "id",
      "group",
      "settings",
      "bind_seconds",
      "seconds",
      "images",
      "status",
      "error"),
  ESTIMATOR_MAPS("estimator-maps", "estimator", "explainer"),
  CURVES("curves", "metric", "curve", "explainer", "point", "x", "mean", "low", "high", "images"),
  CURVE_AXES("curve-axes", "metric", "curve", "x_label", "y_label"),
  SCORES(
      "scores",
      "metric",
      "family",
      "score",
      "direction",
      "explainer",
      "mean",
      "low",
      "high",
      "images",
      "missing"),
  COMPARISONS(
      "comparisons",
      "metric",
      "score",
      "group",
      "explainer_a",
      "explainer_b",
      "difference",
      "low",
      "high",
      "p_value",
      "images"),
  NOTES("notes", "metric", "key", "value"),
  SIGNAL_RECOVERY("signal-recovery", "noise", "angle", "explainer", "group", "cosine", "verdict"),
  SIGNAL_RECOVERY_WEIGHTS(
      "signal-recovery-weights",
      "noise",
      "angle",
      "w1",
      "w2",
      "signal1",
      "signal2",
      "distractor1",
      "distractor2"),
  ACCURACY("accuracy", "images", "correct"),
  TIMINGS("timings", "stage", "seconds", "reused"),
  FAILURES("failures", "stage", "cell", "error");

  private final String file;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> columns;

  Table(String name, String... columns) {
    this.file = name + ".csv";
    this.columns = List.of(columns);
  }

  /** Its name in the run directory. */
  public String file() {
    return file;
  }

  public List<String> columns() {
    return columns;
  }

  /**
   * The position of a column.
   *
   * @throws IllegalArgumentException if there is no such column
   */
  public int column(String name) {
    int index = columns.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException("No column '" + name + "' in " + file + ": " + columns);
    }
    return index;
  }
}

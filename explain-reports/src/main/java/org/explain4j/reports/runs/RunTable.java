package org.explain4j.reports.runs;

import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The tables of a run directory and their columns; {@code docs/run-directory.md} explains them. */
public enum RunTable {
  NETWORK("network.csv", "node kind inputs output_shape", "parameters"),
  PATTERNS(
      "patterns.csv",
      "estimator fit_on layer",
      "neurons positive_fitted positive_unoccupied positive_vanishing"
          + " negative_fitted negative_unoccupied negative_vanishing"),
  SIGNAL_QUALITY(
      "signal-quality.csv",
      "layer estimator fit_on target solver converged",
      "layer_index neurons included mean low high mean_all median q05 q25 q75 q95 mean_fitted"
          + " d n_a n_b n_c d_over_n floor ridge dropped_inputs leaking steps seconds gap_loss gap_rho"),
  IMAGES(
      "images.csv",
      "name label label_name predicted predicted_name explained explained_name",
      "row confidence"),
  EXPLAINERS(
      "explainers.csv", "explainer id group settings status error", "bind_seconds seconds images"),
  ESTIMATOR_MAPS("estimator-maps.csv", "estimator explainer", ""),
  CURVES("curves.csv", "metric curve explainer", "point x mean low high images"),
  CURVE_AXES("curve-axes.csv", "metric curve x_label y_label", ""),
  SCORES("scores.csv", "metric family score direction explainer", "mean low high images missing"),
  COMPARISONS(
      "comparisons.csv",
      "metric score group explainer_a explainer_b",
      "difference low high p_value images"),
  NOTES("notes.csv", "metric key value", ""),
  SIGNAL_RECOVERY("signal-recovery.csv", "noise explainer group verdict", "angle cosine"),
  SIGNAL_RECOVERY_WEIGHTS(
      "signal-recovery-weights.csv",
      "noise",
      "angle w1 w2 signal1 signal2 distractor1 distractor2"),
  TIMINGS("timings.csv", "stage reused", "seconds"),
  FAILURES("failures.csv", "stage cell error", "");

  private static final Pattern WORD = Pattern.compile("\\w+");

  private final String file;
  private final String texts;
  private final String numbers;

  RunTable(String file, String texts, String numbers) {
    this.file = file;
    this.texts = texts;
    this.numbers = numbers;
  }

  private static Set<String> words(String text) {
    return WORD.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  /** File name in the run directory. */
  public String file() {
    return file;
  }

  Set<String> texts() {
    return words(texts);
  }

  Set<String> numbers() {
    return words(numbers);
  }
}

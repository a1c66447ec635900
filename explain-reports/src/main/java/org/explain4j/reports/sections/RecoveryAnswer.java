package org.explain4j.reports.sections;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.explain4j.api.Group;
import org.explain4j.reports.charts.Forest;
import org.explain4j.reports.charts.Line;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.runs.RecoveredSignal;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;

/** Which methods find the signal of the linear toy, at the angle that has a verdict. */
record RecoveryAnswer(List<RecoveredSignal> judged, double threshold) {
  static RecoveryAnswer of(RunDirectory run) throws IOException {
    return new RecoveryAnswer(
        RowSelection.where(
            run.rows(RunTable.SIGNAL_RECOVERY), row -> SignalRecoverySection.isJudged(row)),
        threshold(run.document("effective.yaml")));
  }

  private static double threshold(Map<?, ?> settings) {
    return settings.get("signal-recovery") instanceof Map<?, ?> own
            && own.get("threshold") instanceof Number number
        ? number.doubleValue()
        : Double.NaN;
  }

  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    List<String> found = labels("PASS");
    List<String> missed = labels("FAIL");
    if (!judged.isEmpty()) {
      sentences.add(
          String.format(
              Locale.ROOT,
              "With the distractor at %.0f° these find the signal's direction (PASS%s): %s.",
              judged.get(0).angle(),
              Double.isNaN(threshold)
                  ? ""
                  : String.format(Locale.ROOT, ", |cosine| above %s", threshold),
              found.isEmpty() ? "none" : String.join(", ", found)));
    }
    if (!missed.isEmpty()) {
      sentences.add(
          "These do not (FAIL), which the paper predicts of all that learn no pattern from data: "
              + String.join(", ", missed)
              + ".");
    }
    return sentences;
  }

  private List<String> labels(String verdict) {
    return RowSelection.where(judged, RecoveredSignal::verdict, verdict).stream()
        .map(RecoveredSignal::explainer)
        .toList();
  }

  /** The cosines as a chart; empty if nothing was judged. */
  Optional<Block> chart() {
    List<Forest.Row> rows = new ArrayList<>();
    for (Group group : Group.values()) {
      List<RecoveredSignal> own =
          RowSelection.where(judged, RecoveredSignal::group, group).stream()
              .sorted(Comparator.comparingDouble(row -> -Math.abs(row.cosine())))
              .toList();
      if (!own.isEmpty()) {
        rows.add(Forest.Row.heading(Methods.name(group)));
        own.forEach(
            row ->
                rows.add(
                    new Forest.Row(
                        row.explainer(),
                        OptionalDouble.of(Math.abs(row.cosine())),
                        Double.NaN,
                        Double.NaN,
                        Line.Look.ofMethod(row.explainer().split(" ", 2)[0], 0))));
      }
    }
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    Forest forest =
        new Forest(
            "Cosine of each method with the signal's direction",
            "|cosine| with the signal, higher is better",
            rows,
            new Forest.Reference("threshold", threshold));
    return Optional.of(
        new Block.Figure(
            "recovery",
            List.of(new Block.Panel("", forest.svg())),
            "Mean |cosine| at the angle of the verdict; dotted: what is needed to pass.",
            new Block.Elsewhere(SignalRecoverySection.ID, "The numbers of all methods")));
  }
}

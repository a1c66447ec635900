package org.explain4j.experiments.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.explain4j.experiments.results.Ledger;
import org.explain4j.reports.runs.Accuracy;
import org.explain4j.reports.runs.Failure;
import org.explain4j.reports.runs.RecoveredSignal;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;
import org.explain4j.reports.runs.Warning;
import org.explain4j.reports.sections.Standing;

/**
 * What came of a run, for people and for programs.
 *
 * @param report its page
 * @param accuracy of the network on the images of split C; null without a network
 * @param best who is ahead by each measure
 * @param takenOver results of an earlier run that were not computed again
 * @param computed results that this run computed
 */
record RunOutcome(
    String experiment,
    String report,
    Double accuracy,
    List<Standing> best,
    List<Recovered> signalRecovery,
    List<Warning> warnings,
    List<Failed> failures,
    int takenOver,
    int computed) {
  private static final int WIDEST = 24;

  /** The signal that a method recovered. */
  record Recovered(String verdict, String explainer, double cosine, String noise, double place) {}

  /**
   * What failed for one reason.
   *
   * @param cells each with its stage
   */
  record Failed(String error, List<String> cells) {}

  static RunOutcome of(String experiment, Ledger ledger, Path root, Path report)
      throws IOException {
    List<Accuracy> accuracy = ledger.rows(RunTable.ACCURACY);
    List<Recovered> recovered = new ArrayList<>();
    for (RecoveredSignal row : ledger.rows(RunTable.SIGNAL_RECOVERY)) {
      if (!row.verdict().isEmpty()) {
        recovered.add(
            new Recovered(row.verdict(), row.explainer(), row.cosine(), row.noise(), row.angle()));
      }
    }
    return new RunOutcome(
        experiment,
        report.toString(),
        accuracy.isEmpty() ? null : accuracy.get(0).share(),
        Standing.of(RunDirectory.of(root)),
        recovered,
        ledger.rows(RunTable.WARNINGS),
        failed(ledger.rows(RunTable.FAILURES)),
        ledger.takenOver(),
        ledger.worked());
  }

  /** One cause may be that of many failures; each is a row of its own in {@code failures.csv}. */
  private static List<Failed> failed(List<Failure> failures) {
    Map<String, List<String>> byCause = new LinkedHashMap<>();
    failures.forEach(
        failure ->
            byCause
                .computeIfAbsent(failure.error(), cause -> new ArrayList<>())
                .add(failure.stage() + ", " + failure.cell()));
    return byCause.entrySet().stream().map(e -> new Failed(e.getKey(), e.getValue())).toList();
  }

  void print(PrintWriter print) {
    for (Recovered row : signalRecovery) {
      print.printf(
          "%s  %-40s |cosine| %.4f, %s %s%n",
          row.verdict(),
          row.explainer(),
          row.cosine(),
          row.noise(),
          BigDecimal.valueOf(row.place()).stripTrailingZeros().toPlainString());
    }
    table(print);
    for (Failed failed : failures) {
      int others = failed.cells().size() - 1;
      print.printf(
          "failed: %s%s: %s%n",
          failed.cells().get(0),
          others == 0 ? "" : " and %d more (%s)".formatted(others, RunTable.FAILURES.file()),
          failed.error());
    }
    warnings.forEach(warning -> print.println("warning: " + warning.text()));
    takenOver(print);
    print.println(report);
    print.flush();
  }

  private void table(PrintWriter print) {
    if (best.isEmpty()) {
      return;
    }
    print.println("Who is ahead, by paired tests (undecided: more images might tell)");
    int width = best.stream().mapToInt(row -> Wrapping.columns(row.among())).max().orElse(0);
    String row = "    %-" + Math.min(WIDEST, width) + "s  %-9s  %s%n";
    String measure = "";
    for (Standing each : best) {
      if (!each.measure().equals(measure)) {
        measure = each.measure();
        print.println("  " + measure);
      }
      print.printf(row, each.among(), each.verdict(), String.join(", ", each.names()));
    }
  }

  private void takenOver(PrintWriter print) {
    if (computed == 0) {
      print.printf("taken over: all %,d results of an earlier run, with their times%n", takenOver);
    } else if (takenOver > 0) {
      print.printf(
          "taken over: %,d results of an earlier run; %,d %s left to compute%n",
          takenOver, computed, computed == 1 ? "was" : "were");
    }
  }
}

package org.explain4j.experiments.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.results.Ledger;
import org.explain4j.experiments.results.RunOutput;
import org.explain4j.experiments.stages.Runner;
import org.explain4j.reports.Report;
import org.explain4j.reports.runs.Failure;
import org.explain4j.reports.runs.RecoveredSignal;
import org.explain4j.reports.runs.RunTable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code explain run}. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Runs an experiment and writes its report.",
      "Run it again to continue after an interruption: finished work is not repeated."
    })
final class RunCommand implements Callable<Integer> {
  @Mixin private ExperimentOptions options;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The run directory (default: runs/NAME, where NAME is the name in the file).")
  private Path out;

  @Option(
      names = "--moments",
      paramLabel = "FILE",
      description = "Continue from the moments that 'explain merge' wrote.")
  private Path moments;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Experiment experiment = options.read();
    Path root = out == null ? Path.of("runs", experiment.name()) : out;
    try (RunOutput output = RunOutput.open(root);
        TerminalProgress progress = TerminalProgress.of(spec.commandLine().getErr())) {
      Runner runner = options.runner(experiment, spec, progress);
      Ledger ledger = options.located(() -> runner.run(output, Optional.ofNullable(moments)));
      progress.close();
      return report(output, ledger);
    }
  }

  private int report(RunOutput output, Ledger ledger) throws IOException {
    PrintWriter print = spec.commandLine().getOut();
    for (RecoveredSignal row : ledger.rows(RunTable.SIGNAL_RECOVERY)) {
      if (!row.verdict().isEmpty()) {
        print.printf(
            "%s  %-40s |cosine| %.4f, %s %s%n",
            row.verdict(), row.explainer(), row.cosine(), row.noise(), row.angle());
      }
    }
    for (Failure failure : ledger.rows(RunTable.FAILURES)) {
      print.printf("failed: %s, %s: %s%n", failure.stage(), failure.cell(), failure.error());
    }
    takenOver(ledger, print);
    print.println(Report.write(output.root()));
    print.flush();
    return ledger.hasFailures() ? Main.FAILED_CELLS : 0;
  }

  private static void takenOver(Ledger ledger, PrintWriter print) {
    if (ledger.worked() == 0) {
      print.printf(
          "taken over: all %,d results of an earlier run, with their times%n", ledger.takenOver());
    } else if (ledger.takenOver() > 0) {
      print.printf(
          "taken over: %,d results of an earlier run; %,d were left to compute%n",
          ledger.takenOver(), ledger.worked());
    }
  }
}

package org.explain4j.experiments.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.results.Ledger;
import org.explain4j.experiments.results.RunOutput;
import org.explain4j.experiments.results.Table;
import org.explain4j.experiments.stages.Runner;
import org.explain4j.reports.Report;
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
      "Run it again to go on after an interruption: finished work is not done again."
    })
final class RunCommand implements Callable<Integer> {
  @Mixin private ExperimentOptions options;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The run directory (default: runs/NAME, NAME as the file gives it).")
  private Path out;

  @Option(
      names = "--moments",
      paramLabel = "FILE",
      description = "Go on from the moments that 'explain merge' wrote.")
  private Path moments;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Experiment experiment = options.read();
    Path root = out == null ? Path.of("runs", experiment.name()) : out;
    try (RunOutput directory = RunOutput.open(root);
        TerminalProgress progress = TerminalProgress.of(spec.commandLine().getErr())) {
      Runner runner = options.runner(experiment, spec, progress);
      Ledger ledger = runner.run(directory, Optional.ofNullable(moments));
      progress.close();
      return report(directory, ledger);
    }
  }

  private int report(RunOutput directory, Ledger ledger) throws IOException {
    PrintWriter print = spec.commandLine().getOut();
    verdicts(ledger, print);
    for (List<String> failure : ledger.rowsOf(Table.FAILURES)) {
      print.println("failed: %s, %s: %s".formatted(failure.toArray()));
    }
    print.println(Report.write(directory.root()));
    print.flush();
    return ledger.hasFailures() ? Main.FAILED_CELLS : 0;
  }

  private static void verdicts(Ledger ledger, PrintWriter print) {
    int verdict = Table.SIGNAL_RECOVERY.column("verdict");
    int explainer = Table.SIGNAL_RECOVERY.column("explainer");
    int cosine = Table.SIGNAL_RECOVERY.column("cosine");
    for (List<String> row : ledger.rowsOf(Table.SIGNAL_RECOVERY)) {
      if (!row.get(verdict).isEmpty()) {
        print.printf(
            "%s  %-28s |cosine| %.4f%n",
            row.get(verdict), row.get(explainer), Double.parseDouble(row.get(cosine)));
      }
    }
  }
}

package org.explain4j.experiments.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.explain4j.experiments.configuration.ConfigurationException;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.results.CellWatch;
import org.explain4j.experiments.results.Ledger;
import org.explain4j.experiments.results.RunOutput;
import org.explain4j.experiments.stages.Runner;
import org.explain4j.reports.Report;
import org.explain4j.reports.runs.Failure;
import org.explain4j.reports.runs.RecoveredSignal;
import org.explain4j.reports.runs.RunTable;
import org.explain4j.reports.runs.Warning;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

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

  @Option(
      names = "--overwrite",
      description =
          "Replace the results of another experiment (another name, other data or another network)"
              + " if the run directory holds such.")
  private boolean overwrite;

  @Option(
      names = "--strict",
      description = "End with exit code 5 if there are warnings, such as an accuracy near chance.")
  private boolean strict;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Experiment experiment = options.read();
    Path root = out == null ? Path.of("runs", experiment.name()) : out;
    try (RunOutput output = RunOutput.open(root);
        TerminalProgress progress = TerminalProgress.of(spec.commandLine().getErr());
        CellWatch watch = new CellWatch();
        LastWords words = LastWords.of(spec, watch)) {
      watch.ends(
          stuck -> {
            reportWhatThereIs(output);
            words.stuck(stuck);
          });
      Runner runner = options.runner(experiment, spec, progress);
      Runner.Session session = new Runner.Session(Optional.ofNullable(moments), overwrite, watch);
      return report(output, ledger(runner, output, session), progress);
    }
  }

  private Ledger ledger(Runner runner, RunOutput output, Runner.Session session)
      throws IOException {
    try {
      return options.located(() -> runner.run(output, session));
    } catch (ConfigurationException e) {
      throw e; // nothing was begun
    } catch (IOException | RuntimeException | Error e) {
      reportWhatThereIs(output);
      throw e;
    }
  }

  /** Whatever failed: what is finished can be read. */
  private static void reportWhatThereIs(RunOutput output) {
    try {
      Report.write(output.root());
    } catch (IOException | RuntimeException e) {
      LOG.debug("no report", e); // the first failure is the one to show
    }
  }

  private int report(RunOutput output, Ledger ledger, TerminalProgress progress)
      throws IOException {
    progress.close();
    PrintWriter print = spec.commandLine().getOut();
    for (RecoveredSignal row : ledger.rows(RunTable.SIGNAL_RECOVERY)) {
      if (!row.verdict().isEmpty()) {
        print.printf(
            "%s  %-40s |cosine| %.4f, %s %s%n",
            row.verdict(), row.explainer(), row.cosine(), row.noise(), row.angle());
      }
    }
    failures(ledger, print);
    List<Warning> warnings = ledger.rows(RunTable.WARNINGS);
    warnings.forEach(warning -> print.println("warning: " + warning.text()));
    takenOver(ledger, print);
    print.println(Report.write(output.root()));
    print.flush();
    if (ledger.ranOutOfMemory()) {
      return Main.MEMORY;
    }
    if (ledger.hasFailures()) {
      return Main.FAILED_CELLS;
    }
    return strict && !warnings.isEmpty() ? Main.WARNINGS : 0;
  }

  /** One cause may be that of many failures; each is a row of its own in {@code failures.csv}. */
  private static void failures(Ledger ledger, PrintWriter print) {
    Map<String, List<Failure>> byCause = new LinkedHashMap<>();
    for (Failure failure : ledger.rows(RunTable.FAILURES)) {
      byCause.computeIfAbsent(failure.error(), cause -> new ArrayList<>()).add(failure);
    }
    byCause.forEach(
        (cause, failures) -> {
          Failure first = failures.get(0);
          String others =
              failures.size() == 1
                  ? ""
                  : " and %d more (%s)".formatted(failures.size() - 1, RunTable.FAILURES.file());
          print.printf("failed: %s, %s%s: %s%n", first.stage(), first.cell(), others, cause);
        });
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

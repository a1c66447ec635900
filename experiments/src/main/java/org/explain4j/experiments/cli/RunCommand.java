package org.explain4j.experiments.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.explain4j.experiments.configuration.Combination;
import org.explain4j.experiments.configuration.ConfigurationException;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.configuration.Settings;
import org.explain4j.experiments.results.CellWatch;
import org.explain4j.experiments.results.JsonText;
import org.explain4j.experiments.results.Ledger;
import org.explain4j.experiments.results.Lenders;
import org.explain4j.experiments.results.RunOutput;
import org.explain4j.experiments.stages.Runner;
import org.explain4j.experiments.sweeps.Sweep;
import org.explain4j.reports.Report;
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

  @Option(names = "--json", description = "Print the outcome as JSON.")
  private boolean json;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Experiment experiment = options.read();
    Path root = out == null ? Path.of("runs", experiment.name()) : out;
    return experiment.matrix().isEmpty()
        ? run(experiment, root, Lenders.NONE)
        : sweep(new Sweep(root, experiment));
  }

  /** One run for each combination, then the report of all. */
  private int sweep(Sweep sweep) throws IOException {
    if (moments != null) {
      throw new ConfigurationException(
          "--moments", "belong to one run, and this experiment has a matrix of them");
    }
    List<Combination> combinations = Combination.of(sweep.experiment().matrix());
    for (Combination combination : combinations) {
      options.read(combination); // all mistakes are told before any work
    }
    int worst = 0;
    try (RunOutput output = RunOutput.open(sweep.root())) {
      output.writeConfiguration(Settings.yaml(sweep.experiment()));
      for (int i = 0; i < combinations.size(); i++) {
        Combination combination = combinations.get(i);
        if (!Main.of(spec).isQuiet()) {
          PrintWriter lines = spec.commandLine().getErr();
          lines.printf("%nrun %d of %d: %s%n", i + 1, combinations.size(), combination.label());
          lines.flush();
        }
        Lenders others = new Lenders(sweep.folders().subList(0, i));
        int code = run(options.read(combination), sweep.folder(combination), others);
        worst = code == 0 || worst == Main.MEMORY ? worst : code;
      }
      Path page = sweep.write(output);
      if (!json) {
        spec.commandLine().getOut().println(page.toAbsolutePath().normalize());
      }
    }
    return worst;
  }

  private int run(Experiment experiment, Path root, Lenders lenders) throws IOException {
    try (RunOutput output = RunOutput.open(root);
        TerminalProgress progress = Terminal.progress(spec);
        CellWatch watch = new CellWatch();
        LastWords words = LastWords.of(spec, watch)) {
      watch.ends(
          stuck -> {
            reportWhatThereIs(output);
            words.stuck(stuck);
          });
      Runner runner = options.runner(experiment, spec, progress);
      Runner.Session session =
          new Runner.Session(Optional.ofNullable(moments), overwrite, watch, lenders);
      return report(experiment, output, ledger(runner, output, session), progress);
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
      // The first failure is the one to show.
      LoggerFactory.getLogger(RunCommand.class).debug("no report", e);
    }
  }

  private int report(
      Experiment experiment, RunOutput output, Ledger ledger, TerminalProgress progress)
      throws IOException {
    progress.begin("writing the report", 0, "");
    Path page = Report.write(output.root());
    RunOutcome outcome = RunOutcome.of(experiment.name(), ledger, output.root(), page);
    progress.close();
    if (json) {
      Main.of(spec).plain().println(JsonText.of(outcome));
    } else {
      outcome.print(spec.commandLine().getOut());
    }
    if (ledger.ranOutOfMemory()) {
      return Main.MEMORY;
    }
    if (ledger.hasFailures()) {
      return Main.FAILED_CELLS;
    }
    return strict && !outcome.warnings().isEmpty() ? Main.WARNINGS : 0;
  }
}

package org.explain4j.experiments.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.results.CellWatch;
import org.explain4j.experiments.setup.Shard;
import org.explain4j.experiments.stages.SharedRun;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code explain moments}. */
@Command(
    name = "moments",
    mixinStandardHelpOptions = true,
    description = {
      "Computes the moments of one shard of an experiment's splits, for 'explain merge'.",
      "Run it again to continue after an interruption."
    })
final class MomentsCommand implements Callable<Integer> {
  @Mixin private ExperimentOptions options;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      defaultValue = "1/1",
      description = "Which shard out of how many, from 1/N to N/N (default: ${DEFAULT-VALUE}).")
  private String shard;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The file to write (default: NAME.shard-I-of-N.npz).")
  private Path out;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Shard which = Shard.parse(shard);
    Experiment experiment = options.readOne();
    Path file = out == null ? Path.of(which.file(experiment.name())) : out;
    try (TerminalProgress progress = Terminal.progress(spec);
        CellWatch watch = new CellWatch();
        LastWords words = LastWords.of(spec, watch)) {
      watch.ends(words::stuck);
      options.located(
          () -> {
            new SharedRun(options.runner(experiment, spec, progress)).moments(which, file, watch);
            return file;
          });
    }
    spec.commandLine().getOut().println(file.toAbsolutePath().normalize());
    return 0;
  }
}

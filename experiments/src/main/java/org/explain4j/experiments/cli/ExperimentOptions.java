package org.explain4j.experiments.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.explain4j.api.Progress;
import org.explain4j.experiments.configuration.Combination;
import org.explain4j.experiments.configuration.ConfigurationException;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.configuration.ExperimentFile;
import org.explain4j.experiments.configuration.LoadedExperiment;
import org.explain4j.experiments.setup.Opening;
import org.explain4j.experiments.stages.Place;
import org.explain4j.experiments.stages.Runner;
import org.explain4j.network.arrays.Workers;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What all commands that take an experiment file have in common. */
final class ExperimentOptions {
  @Parameters(paramLabel = "FILE", description = "Experiment file (YAML).")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Replaces a value in the file before anything is checked: --set splits.a=500,"
              + " --set explainers.0=gradient.")
  private List<String> overrides = List.of();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Number of threads that compute at the same time (default: one per processor).")
  private Integer threads;

  @ArgGroup(exclusive = false)
  private Plugins plugins = new Plugins();

  private LoadedExperiment loaded;

  /** The file, as it was given. */
  Path file() {
    return file;
  }

  /** Each {@code key=value}. */
  List<String> overrides() {
    return overrides;
  }

  /**
   * At most so many threads, if that was given.
   *
   * @throws ConfigurationException if it is less than one
   */
  Optional<Integer> threads() {
    checkThreads();
    return Optional.ofNullable(threads);
  }

  /** The plug-in jars. */
  List<Path> jars() throws IOException {
    return plugins.jars();
  }

  Experiment read() throws IOException {
    return load().experiment();
  }

  /**
   * The experiment, for what is done with one run.
   *
   * @throws ConfigurationException if it is a sweep
   */
  Experiment readOne() throws IOException {
    Experiment experiment = read();
    Combination.refuse(experiment);
    return experiment;
  }

  /**
   * One run of a sweep.
   *
   * @throws ConfigurationException with every problem of it
   */
  Experiment read(Combination combination) throws IOException {
    return load(combination.settings()).experiment();
  }

  LoadedExperiment load() throws IOException {
    return load(List.of());
  }

  private void checkThreads() {
    if (threads != null && threads < 1) {
      throw new ConfigurationException(
          "--threads",
          "(%d) must be at least 1\nLeave it out to use all processors.".formatted(threads));
    }
  }

  private LoadedExperiment load(List<String> more) throws IOException {
    checkThreads();
    List<String> all = Stream.concat(overrides.stream(), more.stream()).toList();
    loaded = ExperimentFile.load(file, all, plugins.load());
    return loaded;
  }

  /** Something that is done with the experiment. */
  interface Work<T> {
    T run() throws IOException;
  }

  /** Does the work; problems of the configuration that turn up are shown at the file's lines. */
  <T> T located(Work<T> work) throws IOException {
    try {
      return work.run();
    } catch (ConfigurationException e) {
      throw loaded == null ? e : new ConfigurationException(loaded.located(e));
    }
  }

  /** Makes the experiment's runner; its plan is printed to standard error, like progress. */
  Runner runner(Experiment experiment, CommandSpec spec, TerminalProgress progress)
      throws IOException {
    if (threads != null) {
      Workers.limit(threads);
    }
    PrintWriter lines = spec.commandLine().getErr();
    return new Runner(
        experiment,
        Place.of(file, plugins.jars()),
        progress,
        plan -> {
          progress.close();
          if (!Main.of(spec).isQuiet()) {
            lines.print(plan);
            lines.flush();
          }
        });
  }

  /** Opens the data and the network that the experiment names. */
  Opening opening(Experiment experiment, Progress progress) {
    Place place = Place.of(file, List.of());
    return new Opening(experiment, place.base(), place.cache(), progress);
  }
}

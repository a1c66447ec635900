package org.explain4j.experiments.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.configuration.ExperimentFile;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code run} and {@code validate} have in common. */
final class ExperimentOptions {
  @Parameters(paramLabel = "FILE", description = "Experiment file (YAML).")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Replaces a value of the file, before anything is checked: --set splits.a=500,"
              + " --set explainers.0=gradient.")
  private List<String> overrides = List.of();

  @ArgGroup(exclusive = false)
  private Plugins plugins = new Plugins();

  Experiment read() throws IOException {
    return ExperimentFile.read(file, overrides, plugins.load());
  }

  Path base() {
    return ExperimentFile.base(file);
  }
}

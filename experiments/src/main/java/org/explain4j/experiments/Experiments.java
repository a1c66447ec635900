package org.explain4j.experiments;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.explain4j.api.Progress;
import org.explain4j.experiments.configuration.Combination;
import org.explain4j.experiments.configuration.ConfigurationException;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.configuration.ExperimentFile;
import org.explain4j.experiments.configuration.Extensions;
import org.explain4j.experiments.results.CellWatch;
import org.explain4j.experiments.results.RunOutput;
import org.explain4j.experiments.stages.Place;
import org.explain4j.experiments.stages.Runner;
import org.explain4j.reports.Report;
import org.explain4j.reports.runs.RunDirectory;

/**
 * Runs experiments from Java as {@code explain run} does from a terminal, silently: {@code
 * Experiments.run(Path.of("smoke.yaml")).scores()}. Methods, metrics, datasets and models are those
 * on the class path.
 */
public final class Experiments {
  private Experiments() {}

  /**
   * Runs an experiment file in the folder {@code runs/NAME}, where NAME is the {@code name} in the
   * file.
   *
   * @return the finished run, with its report; a method that failed is a row of its {@code
   *     failures()}
   * @throws ConfigurationException with every problem of the file, if it does not fit the data, the
   *     model or the memory, or if the folder holds another experiment's results
   * @throws IOException if the file, the data or the model cannot be read
   * @throws java.io.UncheckedIOException if the run directory cannot be written
   */
  public static RunDirectory run(Path file) throws IOException {
    return run(file, List.of(), Optional.empty());
  }

  /**
   * Runs an experiment file in a folder, or continues the run that is there.
   *
   * @param out a folder that is empty or does not exist yet, or a run directory
   * @return as {@link #run(Path)}
   * @throws ConfigurationException as {@link #run(Path)}
   * @throws IOException as {@link #run(Path)}
   */
  public static RunDirectory run(Path file, Path out) throws IOException {
    return run(file, out, List.of());
  }

  /**
   * Likewise, with settings that replace those of the file: {@code explain.images=50}.
   *
   * @param settings each {@code key=value}, as {@code explain run --set} takes them
   * @return as {@link #run(Path)}
   * @throws ConfigurationException as {@link #run(Path)}, and if a setting is not key=value
   * @throws IOException as {@link #run(Path)}
   */
  public static RunDirectory run(Path file, Path out, List<String> settings) throws IOException {
    return run(file, settings, Optional.of(out));
  }

  private static RunDirectory run(Path file, List<String> settings, Optional<Path> out)
      throws IOException {
    Extensions extensions = Extensions.of(Thread.currentThread().getContextClassLoader());
    Experiment experiment = ExperimentFile.read(file, settings, extensions);
    Combination.refuse(experiment);
    Place place = Place.of(file, extensions.jars());
    Path folder = out.orElse(Path.of("runs", experiment.name()));
    try (RunOutput output = RunOutput.open(folder);
        CellWatch watch = new CellWatch()) {
      new Runner(experiment, place, Progress.silent(), plan -> {})
          .run(output, new Runner.Session(Optional.empty(), false, watch));
      Report.write(output.root());
      return RunDirectory.of(output.root());
    }
  }
}

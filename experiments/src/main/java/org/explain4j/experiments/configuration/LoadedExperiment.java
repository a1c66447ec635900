package org.explain4j.experiments.configuration;

import java.util.List;

/** The content of an experiment file, whether or not all of it is correct. */
public final class LoadedExperiment {
  private final Experiment partial;
  private final Problems problems;

  LoadedExperiment(Experiment partial, Problems problems) {
    this.partial = partial;
    this.problems = problems;
  }

  /**
   * The experiment.
   *
   * @throws ConfigurationException with every problem in the file
   */
  public Experiment experiment() {
    if (problems.size() > 0) {
      throw new ConfigurationException(problems());
    }
    return partial;
  }

  /** The correct part of it; defaults stand for the rest, and what depends on that is unchecked. */
  public Experiment partial() {
    return partial;
  }

  /** What is wrong, in the order in which it was found. */
  public List<Problem> problems() {
    return List.copyOf(problems.all());
  }

  /** Problems that showed up later, at the lines of the keys that they are about. */
  public List<Problem> located(ConfigurationException later) {
    return later.problems().stream().map(problems::located).toList();
  }
}

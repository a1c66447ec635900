package org.explain4j.experiments.configuration;

import java.util.List;

/** What an experiment file says, whether or not all of it is right. */
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
   * @throws ConfigurationException with every problem there is
   */
  public Experiment experiment() {
    if (problems.size() > 0) {
      throw new ConfigurationException(problems());
    }
    return partial;
  }

  /** What is right of it; the defaults stand for the rest, and what depends on it is unchecked. */
  public Experiment partial() {
    return partial;
  }

  /** What is wrong, in the order in which it was found. */
  public List<Problem> problems() {
    return List.copyOf(problems.all());
  }

  /** Problems that showed later, at the lines of the keys that they are about. */
  public List<Problem> located(ConfigurationException later) {
    return later.problems().stream().map(problems::located).toList();
  }
}

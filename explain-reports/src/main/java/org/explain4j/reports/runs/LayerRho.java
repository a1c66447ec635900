package org.explain4j.reports.runs;

import java.util.OptionalLong;

/**
 * A row of {@code signal-quality.csv}: rho of a layer's neurons on split C.
 *
 * @param task what was measured
 * @param neurons of the layer
 * @param included number of neurons in the mean; empty where rho is not defined
 * @param rho over the neurons
 * @param sampling sizes
 * @param solution how the regression v was found
 */
public record LayerRho(
    Task task,
    long neurons,
    OptionalLong included,
    Summary rho,
    Sampling sampling,
    Solution solution) {

  /**
   * What was measured.
   *
   * @param layerIndex place among the linear layers, from 0
   * @param fitOn what the estimator was fitted on, {@code pre} or {@code post}
   * @param target which output the regression predicts, before ({@code pre}) or after ({@code
   *     post}) the rectifier
   */
  public record Task(
      String layer,
      long layerIndex,
      String estimator,
      String fitOn,
      String target,
      String solver) {}

  /**
   * rho over the included neurons; NaN where there is none.
   *
   * @param band mean, and the bootstrap 95 % interval of the mean over the neurons (not over
   *     images)
   * @param meanAll the mean that includes the neurons left out elsewhere
   * @param q05 the 5 % quantile
   * @param meanFitted the mean on split B
   */
  public record Summary(
      Band band,
      double meanAll,
      double median,
      double q05,
      double q25,
      double q75,
      double q95,
      double meanFitted) {}

  /**
   * How much data rho was measured from.
   *
   * @param d inputs of a neuron
   * @param nA samples (receptive fields) of split A, likewise of B and C
   * @param dOverN d / n_b
   * @param floor what sampling alone leaves of a rho of 1
   */
  public record Sampling(long d, long nA, long nB, long nC, double dOverN, double floor) {}

  /**
   * How the solver found the regression, and how far it is from the closed form.
   *
   * @param ridge what was added to each input's variance
   * @param droppedInputs inputs that are constant on split B, or linear combinations of others
   * @param leaking neurons whose residual still contains y on split B, because a regime has no
   *     pattern or the pattern points along a dropped input
   * @param converged 1 if the loss on split B is within .01 of the exact one, as a share of the
   *     target's variance; 0 if not; empty if nothing was searched
   * @param gapLoss loss on split B minus that of the solver {@code closed-form}
   * @param gapRho mean rho minus that of the solver {@code closed-form}
   */
  public record Solution(
      double ridge,
      OptionalLong droppedInputs,
      OptionalLong leaking,
      OptionalLong steps,
      double seconds,
      OptionalLong converged,
      double gapLoss,
      double gapRho) {}

  /** The same row with its gaps to the closed form, which another cell has solved. */
  public LayerRho withGaps(double loss, double mean) {
    Solution with =
        new Solution(
            solution.ridge,
            solution.droppedInputs,
            solution.leaking,
            solution.steps,
            solution.seconds,
            solution.converged,
            loss,
            mean);
    return new LayerRho(task, neurons, included, rho, sampling, with);
  }
}

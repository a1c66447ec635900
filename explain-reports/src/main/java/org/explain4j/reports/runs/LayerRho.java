package org.explain4j.reports.runs;

import java.util.OptionalLong;

/**
 * A row of {@code signal-quality.csv}: rho of a layer's neurons on split C.
 *
 * @param task what was measured
 * @param neurons of the layer
 * @param included number of neurons whose rho is defined and whose regimes all have a pattern;
 *     empty where rho is not defined
 * @param compared number of neurons that every estimator of the layer, target and solver includes,
 *     over which the mean is taken; empty in files of older versions, whose mean is over the
 *     included ones
 * @param rho over the compared neurons
 * @param sampling sizes
 * @param solution how the regression v was found
 */
public record LayerRho(
    Task task,
    long neurons,
    OptionalLong included,
    OptionalLong compared,
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
   * rho over the compared neurons; NaN where there is none.
   *
   * @param imagesLow lower end of the bootstrap 95 % interval of the mean over split C's images,
   *     with v and patterns fixed
   * @param neuronsLow lower end of the bootstrap 95 % interval of the mean over the neurons
   * @param meanIncluded the mean over all neurons that this estimator includes
   * @param meanAll the mean over all neurons whose rho is defined
   * @param q05 the 5 % quantile over the compared neurons
   * @param meanFitted the mean on split B
   */
  public record Summary(
      double mean,
      double imagesLow,
      double imagesHigh,
      @Formerly("low") double neuronsLow,
      @Formerly("high") double neuronsHigh,
      double meanIncluded,
      double meanAll,
      double median,
      double q05,
      double q25,
      double q75,
      double q95,
      double meanFitted) {

    /** The mean with its interval over images. */
    public Band band() {
      return new Band(mean, imagesLow, imagesHigh);
    }

    /** The mean with its interval over neurons. */
    public Band overNeurons() {
      return new Band(mean, neuronsLow, neuronsHigh);
    }
  }

  /**
   * How much data rho was measured from.
   *
   * @param d inputs of a neuron
   * @param nA samples (receptive fields) of split A, likewise of B and C
   * @param dOverN d / n_b
   * @param effectiveNA number of independent samples worth as much as those of split A; likewise
   *     for B
   * @param expectedFromSampling the rho to expect of a perfect estimator from sampling alone
   */
  public record Sampling(
      long d,
      long nA,
      long nB,
      long nC,
      double dOverN,
      double effectiveNA,
      double effectiveNB,
      double expectedFromSampling) {}

  /**
   * How the solver found the regression, and how far it is from the closed form.
   *
   * @param ridge what was added to each input's variance
   * @param droppedInputs inputs that are constant on split B, or linear combinations of others
   * @param leaking neurons whose residual still contains y on split B, because a regime has no
   *     pattern or the pattern points along a dropped input
   * @param converged 1 if {@code distance} is at most .01; 0 if not; empty if nothing was searched
   * @param distance how far the search ended above the exact loss on split B, as a share of the
   *     target's variance; NaN if nothing was searched
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
      double distance,
      double gapLoss,
      double gapRho) {

    /** The same with the gaps to the closed form. */
    public Solution withGaps(double loss, double mean) {
      return new Solution(
          ridge, droppedInputs, leaking, steps, seconds, converged, distance, loss, mean);
    }
  }
}

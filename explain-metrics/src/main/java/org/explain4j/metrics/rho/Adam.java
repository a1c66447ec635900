package org.explain4j.metrics.rho;

import java.util.Locale;
import org.explain4j.api.SignalQuality;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.moments.LayerData;

/**
 * rho as the paper measured it: the regression v is found by ADAM (Kingma and Ba) on mini-batches
 * of split B, for all neurons of a layer at once, in float32. v is scaled, input by input, with the
 * residual's standard deviation, so one learning rate suits all. The rate is multiplied by {@code
 * decay} whenever the loss after an interval, exact on all of split B, is not below {@code 1 -
 * tolerance} times the best one. Then it is estimated how far the loss is above the least one, from
 * its exact gradient and never from the closed form: twice what 16 steps of conjugate gradients
 * would gain ({@code distance}). At .001 of the target's variance, or a thousandth of the first
 * rate, the search ends.
 *
 * <p>All estimators and targets that are requested together see the same mini-batches, which are
 * read once, as long as their searches fit into 2 GiB (28 k d bytes each); more are handled in
 * groups. Each search has its own learning rate and ends when it has converged, so it would find
 * the same alone.
 *
 * <p>rho on split C, and the loss, are then exact: from the moments. Diagnostics of its own: {@code
 * steps}, {@code distance} (mean over neurons, as a share of the target's variance) and {@code
 * converged} (1 if the distance is at most .01).
 *
 * <p>The search starts at v = 0, as published, or with {@code warm-start} at the marginal
 * regressions: each input's own slope, as if the inputs were uncorrelated, all scaled by the one
 * factor per neuron that fits best. It uses nothing of the joint regression, so the gap to the
 * closed form still measures ADAM alone.
 *
 * @param learningRate first learning rate, for the standardised problem
 * @param decay of the learning rate at a plateau, in (0,1)
 * @param batch samples per step
 * @param interval number of steps between checks of the loss
 * @param tolerance least relative improvement of the loss between intervals
 * @param maxSteps number of steps after which to give up
 * @param seed of the mini-batches, at least 1
 * @param warmStart whether to start at the marginal regressions
 */
public record Adam(
    double learningRate,
    double decay,
    int batch,
    int interval,
    double tolerance,
    int maxSteps,
    long seed,
    boolean warmStart)
    implements SignalQuality {

  /** Bytes of the arrays of searches that run side by side. */
  private static final long BUDGET = 2L << 30;

  public Adam() {
    this(0.03, 0.5, 200, 200, 0.002, 40_000, 1, false);
  }

  public Adam {
    if (!(learningRate > 0) || !(decay > 0 && decay < 1) || !(tolerance >= 0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "ADAM's learning-rate (%s) must be positive, its decay (%s) between 0 and 1 and its"
                  + " tolerance (%s) not negative.",
              learningRate,
              decay,
              tolerance));
    }
    if (batch < 1 || interval < 1 || maxSteps < interval || seed < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "ADAM's batch (%d), interval (%d) and seed (%d) must be at least 1, and max-steps (%d)"
                  + " at least the interval.",
              batch,
              interval,
              seed,
              maxSteps));
    }
  }

  @Override
  public String id() {
    return "adam";
  }

  @Override
  public String summary() {
    return "rho by stochastic gradient descent with ADAM, as in the paper";
  }

  @Override
  public Measure of(LinearLayer layer, LayerData fit, LayerData evaluate) {
    return new AdamMeasure(this, layer, fit, new LayerCovariances(evaluate.moments()), BUDGET);
  }
}

package org.explain4j.experiments.stages;

import java.util.Locale;
import java.util.SplittableRandom;
import org.explain4j.api.ExampleBatch;
import org.explain4j.api.KebabCase;
import org.explain4j.experiments.configuration.MetaEvaluation;
import org.explain4j.experiments.configuration.ValueRange;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.explain4j.reports.runs.MetaScore.Space;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A perturbation of inputs or of weights; the same seed gives the same.
 *
 * @param number from 0, of its space and strength
 */
record Perturbation(Space space, Strength strength, int number) {

  /** What a perturbation is meant to do to predictions. */
  enum Strength {
    /** They stay. */
    MINOR,
    /** They change. */
    DISRUPTIVE
  }

  /** Its name: {@code input minor 1}. */
  String label() {
    return String.format(Locale.ROOT, "%s %s %d", space.word(), KebabCase.of(strength), number + 1);
  }

  /**
   * Inputs with noise, if these are what it perturbs; an example's noise depends on the example.
   *
   * @param clean closed unless it is returned
   */
  INDArray inputs(INDArray clean, Network network, MetaEvaluation settings, long seed) {
    if (space != Space.INPUT) {
      return clean;
    }
    ValueRange range =
        strength == Strength.MINOR ? settings.inputs().minor() : settings.inputs().disruptive();
    int[] unused = new int[(int) clean.size(0)];
    ExampleBatch examples = ExampleBatch.of(network, clean, unused);
    double[] values = examples.values().clone();
    for (int i = 0; i < examples.count(); i++) {
      SplittableRandom random = examples.random(i, seed, variant());
      for (int v = examples.start(i); v < examples.start(i) + examples.size(); v++) {
        values[v] += range.from() + (range.to() - range.from()) * random.nextDouble();
      }
    }
    INDArray noisy =
        Nd4j.createFromArray(values).reshape('c', clean.shape()).castTo(network.dataType());
    clean.close();
    return noisy;
  }

  /** A network with noise on its weights, if these are what it perturbs. */
  Network network(Network network, MetaEvaluation settings, long seed) {
    if (space != Space.WEIGHTS) {
      return network;
    }
    double deviation =
        strength == Strength.MINOR ? settings.weights().minor() : settings.weights().disruptive();
    return network.with(
        node -> {
          if (!(node.layer() instanceof LinearLayer layer)) {
            return node.layer();
          }
          SplittableRandom random =
              ExampleBatch.sharedRandom(seed * 31 + node.name().hashCode(), variant());
          return layer.with(
              noisy(layer.weights(), random, deviation), noisy(layer.bias(), random, deviation));
        });
  }

  private static INDArray noisy(INDArray values, SplittableRandom random, double deviation) {
    double[] noisy = values.dup('c').data().asDouble();
    for (int i = 0; i < noisy.length; i++) {
      noisy[i] *= 1 + deviation * random.nextGaussian();
    }
    return Nd4j.createFromArray(noisy).reshape('c', values.shape()).castTo(values.dataType());
  }

  /** Another one for each strength and number. */
  private int variant() {
    return 2 * number + (strength == Strength.MINOR ? 0 : 1);
  }
}

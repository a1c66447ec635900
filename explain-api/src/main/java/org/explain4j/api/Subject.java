package org.explain4j.api;

import java.util.function.Supplier;
import org.explain4j.api.moments.NetworkMoments;
import org.explain4j.api.network.LinearLayer;
import org.explain4j.api.network.Network;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What is explained: a network, and what is known of its data.
 *
 * @param patterns signal directions of its layers
 * @param reference supplies examples of the training data {@code [n,c,h,w]}, for methods that need
 *     a data distribution
 */
public record Subject(Network network, PatternSource patterns, Supplier<INDArray> reference) {

  /** A network without data: methods that ask for patterns or reference data fail and say so. */
  public static Subject of(Network network) {
    return of(
        network,
        (estimator, layer) -> {
          throw new IllegalArgumentException(
              "The '%s' patterns need data.\nBind with Subject.of(network, moments)."
                  .formatted(estimator.id()));
        });
  }

  /** A network with the moments of its layers, from which each estimator takes its patterns. */
  public static Subject of(Network network, NetworkMoments moments) {
    return of(
        network,
        (estimator, layer) ->
            estimator.estimate(
                layer.name(),
                (LinearLayer) layer.layer(),
                network.isLogits(layer),
                moments.layer(layer.name())));
  }

  /** A network with signal directions but without reference data. */
  public static Subject of(Network network, PatternSource patterns) {
    return new Subject(
        network,
        patterns,
        () -> {
          throw new IllegalArgumentException(
              "This method needs training examples.\nBind with new Subject(network, patterns, data).");
        });
  }
}

package org.explain4j.api;

import java.util.Locale;
import java.util.function.Supplier;
import org.explain4j.network.Classifier;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.explain4j.network.moments.NetworkMoments;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What is explained: a classifier, and what is known about its data.
 *
 * @param classifier a {@link Network}, or a black box
 * @param patterns signal directions of a network's layers
 * @param reference supplies examples of the training data {@code [n,c,h,w]}, for methods that need
 *     a data distribution
 */
public record Subject(Classifier classifier, PatternSource patterns, Supplier<INDArray> reference) {

  /**
   * The classifier as a network, for methods that look into its layers.
   *
   * @throws IllegalArgumentException if it is a black box
   */
  public Network network() {
    return Network.of(classifier);
  }

  /**
   * A classifier without data: methods that ask for patterns or reference data fail with a {@link
   * NoDataException}.
   */
  public static Subject of(Classifier classifier) {
    return of(
        classifier,
        (estimator, layer) -> {
          throw new NoDataException(
              String.format(
                  Locale.ROOT,
                  "The '%s' patterns need data.\nBind with Subject.of(network, moments).",
                  estimator.id()));
        });
  }

  /** A network with the moments of its layers, from which each estimator computes its patterns. */
  public static Subject of(Network network, NetworkMoments moments) {
    return of(
        network,
        (estimator, layer) ->
            estimator.patterns(
                layer.name(),
                (LinearLayer) layer.layer(),
                network.isLogits(layer),
                moments.layer(layer.name())));
  }

  /** A classifier with signal directions but without reference data. */
  public static Subject of(Classifier classifier, PatternSource patterns) {
    return new Subject(
        classifier,
        patterns,
        () -> {
          throw new NoDataException(
              "This method needs training examples.\n"
                  + "Bind with new Subject(network, patterns, data).");
        });
  }
}

package org.explain4j.api.moments;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.explain4j.api.network.Activations;
import org.explain4j.api.network.LinearLayer;
import org.explain4j.api.network.Network;
import org.explain4j.api.network.Node;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Moments of every linear layer of a network, in one pass over the data. */
public final class NetworkMoments {
  private final Network network;
  private final Map<String, LayerMoments> layers = new LinkedHashMap<>();

  private NetworkMoments(Network network) {
    this.network = network;
  }

  private NetworkMoments(Network network, boolean covariance) {
    this(network);
    for (Node node : network.linearNodes()) {
      layers.put(node.name(), LayerMoments.of((LinearLayer) node.layer(), covariance));
    }
  }

  /**
   * Moments of a network over batches of inputs.
   *
   * @param batches {@code [n,c,h,w]} each, of any sizes; closed when done with
   */
  public static NetworkMoments collect(
      Network network, Iterable<INDArray> batches, PatchSampling sampling, boolean covariance) {
    NetworkMoments moments = new NetworkMoments(network, covariance);
    long first = 0;
    for (INDArray batch : batches) {
      try (batch) {
        eachLayer(
            network,
            batch,
            sampling,
            first,
            (name, samples) -> moments.layers.get(name).addSamples(samples));
        first += batch.size(0);
      }
    }
    return moments;
  }

  /**
   * Moments that were collected earlier and saved.
   *
   * @param layers by name of node
   * @throws IllegalArgumentException if a linear node has none; the message names it
   */
  public static NetworkMoments of(Network network, Map<String, LayerMoments> layers) {
    NetworkMoments moments = new NetworkMoments(network);
    for (Node node : network.linearNodes()) {
      LayerMoments layer = layers.get(node.name());
      if (layer == null) {
        throw new IllegalArgumentException("No moments for node '" + node.name() + "'.");
      }
      moments.layers.put(node.name(), layer);
    }
    return moments;
  }

  /** Moments of a network over one batch of inputs, every patch, without covariance. */
  public static NetworkMoments collect(Network network, INDArray inputs) {
    return collect(network, Batches.of(inputs, Batches.DEFAULT_SIZE), PatchSampling.all(), false);
  }

  /**
   * The samples that each linear layer sees of a batch.
   *
   * @param first index of the batch's first example in the data: the patches drawn for an example
   *     depend on it, not on the batch
   * @param consumer takes a node's name and its samples {@code [m,d]}, which are closed afterwards
   */
  public static void eachLayer(
      Network network,
      INDArray batch,
      PatchSampling sampling,
      long first,
      BiConsumer<String, INDArray> consumer) {
    try (Activations activations = network.forward(batch)) {
      for (Node node : network.linearNodes()) {
        LinearLayer layer = (LinearLayer) node.layer();
        INDArray input = activations.inputs(node).get(0);
        INDArray samples = sampling.samples(node.name(), layer, input, first);
        consumer.accept(node.name(), samples);
        if (samples != input && samples.closeable()) {
          samples.close();
        }
      }
    }
  }

  public Network network() {
    return network;
  }

  /**
   * @throws IllegalArgumentException if there is no such linear node
   */
  public LayerMoments layer(String name) {
    LayerMoments moments = layers.get(name);
    if (moments == null) {
      throw new IllegalArgumentException(
          "No linear node '%s'.\nLinear nodes: %s"
              .formatted(name, String.join(", ", layers.keySet())));
    }
    return moments;
  }
}

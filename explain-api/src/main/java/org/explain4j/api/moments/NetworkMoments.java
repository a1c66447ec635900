package org.explain4j.api.moments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.explain4j.api.network.Activations;
import org.explain4j.api.network.LinearLayer;
import org.explain4j.api.network.Network;
import org.explain4j.api.network.Node;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Moments of every linear layer of a network, in one pass over the data. */
public final class NetworkMoments {
  private final Network network;
  private static final String EXAMPLES = "examples";

  private final Map<String, LayerMoments> layers = new LinkedHashMap<>();
  private long examples;

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
    for (INDArray batch : batches) {
      try (batch) {
        moments.add(batch, sampling);
      }
    }
    return moments;
  }

  /**
   * The same, resumed from a checkpoint if there is one: the result is that of an uninterrupted
   * pass. The file stays, for the caller to delete when the result is safe.
   *
   * @param batches the same ones in every attempt; those that were done are skipped
   * @throws IOException if the checkpoint cannot be read or written, or is of another network
   */
  public static NetworkMoments collect(
      Network network,
      Iterable<INDArray> batches,
      PatchSampling sampling,
      boolean covariance,
      Checkpoint checkpoint)
      throws IOException {
    NetworkMoments moments = new NetworkMoments(network, covariance);
    if (Files.exists(checkpoint.file())) {
      moments.restore(checkpoint.file());
    }
    long done = moments.examples;
    long seen = 0;
    long saved = System.nanoTime();
    for (INDArray batch : batches) {
      try (batch) {
        seen += batch.size(0);
        if (seen <= done) {
          continue;
        }
        moments.add(batch, sampling);
      }
      if (System.nanoTime() - saved >= checkpoint.every().toNanos()) {
        moments.save(checkpoint.file());
        saved = System.nanoTime();
      }
    }
    moments.save(checkpoint.file());
    return moments;
  }

  private void add(INDArray batch, PatchSampling sampling) {
    try (Activations activations = network.forward(batch)) {
      for (Node node : network.linearNodes()) {
        INDArray input = activations.inputs(node).get(0);
        LayerMoments moments = layers.get(node.name());
        if (sampling.everything()) {
          moments.addBatch(input, activations.output(node));
        } else {
          samples(node, input, sampling, examples, moments::addSamples);
        }
      }
    }
    examples += batch.size(0);
  }

  /** Number of examples that these moments are of; 0 if they were put together by layer. */
  public long examples() {
    return examples;
  }

  /**
   * Adds the moments of another part of the data, such as a shard's.
   *
   * @throws IllegalArgumentException if they are of another network
   */
  public void merge(NetworkMoments other) {
    for (String name : layers.keySet()) {
      layer(name).merge(other.layer(name));
    }
    examples += other.examples;
  }

  /**
   * Writes all layers to one file, atomically and with checksums.
   *
   * @throws IOException if it cannot be written
   */
  public void save(Path file) throws IOException {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    arrays.put(EXAMPLES, Nd4j.scalar(DataType.INT64, examples));
    layers.forEach(
        (name, layer) -> layer.arrays().forEach((sum, a) -> arrays.put(name + "/" + sum, a)));
    NumpyArchive.write(file, arrays);
  }

  /**
   * Reads what {@link #save} wrote for the same network.
   *
   * @throws IOException if the file cannot be read, is damaged or of another network
   */
  public static NetworkMoments load(Path file, Network network) throws IOException {
    Map<String, INDArray> arrays = NumpyArchive.read(file);
    NetworkMoments moments =
        new NetworkMoments(network, arrays.keySet().stream().anyMatch(n -> n.endsWith("/xx")));
    moments.restore(file, arrays);
    return moments;
  }

  private void restore(Path file) throws IOException {
    restore(file, NumpyArchive.read(file));
  }

  private void restore(Path file, Map<String, INDArray> arrays) throws IOException {
    INDArray count = arrays.get(EXAMPLES);
    if (count == null) {
      throw new IOException(file + ": no moments of a network.\nMaybe delete it.");
    }
    for (Map.Entry<String, LayerMoments> layer : layers.entrySet()) {
      String prefix = layer.getKey() + "/";
      Map<String, INDArray> own = new LinkedHashMap<>();
      arrays.forEach(
          (name, array) -> {
            if (name.startsWith(prefix)) {
              own.put(name.substring(prefix.length()), array);
            }
          });
      layer.getValue().restore(file, own);
    }
    examples = count.getLong(0);
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
        samples(
            node,
            activations.inputs(node).get(0),
            sampling,
            first,
            samples -> consumer.accept(node.name(), samples));
      }
    }
  }

  private static void samples(
      Node node, INDArray input, PatchSampling sampling, long first, Consumer<INDArray> consumer) {
    INDArray samples = sampling.samples(node.name(), (LinearLayer) node.layer(), input, first);
    consumer.accept(samples);
    if (samples != input && samples.closeable()) {
      samples.close();
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

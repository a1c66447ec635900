package org.explain4j.network.moments;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.arrays.Batches;
import org.explain4j.network.numpy.NumpyArchive;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Moments of a network's linear layers, all collected in one pass over the data. */
public final class NetworkMoments implements AutoCloseable {
  private static final String EXAMPLES = "examples";

  private final Network network;
  private final Map<String, LayerMoments> layers = new LinkedHashMap<>();
  private final EvenBatches batches;
  private PatchSampling sampling = PatchSampling.all();
  private long first; // index in the data of the first example
  private long examples;
  private long summed; // the others wait until a batch is complete

  private NetworkMoments(Network network, int batch) {
    this.network = network;
    batches = new EvenBatches(batch);
  }

  NetworkMoments(MomentsPass pass) {
    this(pass.network(), pass.batch());
    for (String node : pass.nodes()) {
      layers.put(node, LayerMoments.of(pass.layer(node), pass.covariance()));
    }
  }

  /**
   * Moments of every linear layer, without any data yet.
   *
   * @param covariance for which nodes to keep the sum of xx', d x d float64 numbers: 5 GB for
   *     VGG-16's first dense layer
   */
  public static NetworkMoments empty(Network network, Predicate<Node> covariance) {
    NetworkMoments moments = new NetworkMoments(network, network.batchSize());
    for (Node node : network.linearNodes()) {
      LinearLayer layer = (LinearLayer) node.layer();
      moments.layers.put(node.name(), LayerMoments.of(layer, covariance.test(node)));
    }
    return moments;
  }

  /**
   * Moments of every linear layer over batches of inputs. {@link MomentsPass} does the same and can
   * be interrupted.
   *
   * @param batches {@code [n,c,h,w]} each, of any sizes; closed after use
   */
  public static NetworkMoments collect(
      Network network, Iterable<INDArray> batches, PatchSampling sampling, boolean covariance) {
    NetworkMoments moments = MomentsPass.all(network, covariance, sampling).begin();
    for (INDArray batch : batches) {
      try (batch) {
        moments.add(batch, sampling, 0);
      }
    }
    return moments;
  }

  /**
   * Adds a batch of inputs. They are summed in batches of {@link Network#batchSize}, whatever the
   * sizes they come in, so the sums do not depend on these.
   *
   * @param batch {@code [n,c,h,w]}; not closed
   */
  public void add(INDArray batch, PatchSampling sampling) {
    add(batch, sampling, 0);
  }

  /**
   * @param start index in the data of the first example in these moments
   */
  void add(INDArray batch, PatchSampling patches, long start) {
    sampling = patches;
    first = start;
    batches.add(batch, this::sum);
    examples += batch.size(0);
  }

  private void sum(INDArray batch) {
    network.observe(
        batch,
        (node, inputs, output) -> {
          LayerMoments moments = layers.get(node.name());
          if (moments == null) {
            return;
          }
          if (sampling.everything()) {
            moments.addBatch(inputs.get(0), output);
          } else {
            samples(node, inputs.get(0), sampling, first + summed, moments::addSamples);
          }
        });
    summed += batch.size(0);
  }

  /** Number of examples in these moments; 0 if they were put together layer by layer. */
  public long examples() {
    return examples;
  }

  /**
   * Adds the moments of another part of the data, such as a shard's.
   *
   * @throws IllegalArgumentException if they belong to another network
   */
  public void merge(NetworkMoments other) {
    for (String name : layers.keySet()) {
      layer(name).merge(other.layer(name));
    }
    examples += other.examples;
    summed += other.examples;
  }

  /**
   * Writes all layers to one file, atomically and with checksums.
   *
   * @throws IOException if it cannot be written
   */
  public void save(Path file) throws IOException {
    batches.finish(this::sum);
    save(file, LayerSums::arrays);
  }

  /**
   * Writes what is needed to go on from here to the same bits: samples that wait for more still
   * wait then, and examples that wait for a whole batch are left out, to be read again.
   */
  void checkpoint(Path file) throws IOException {
    save(file, LayerSums::state);
  }

  private void save(Path file, Function<LayerSums, Map<String, INDArray>> content)
      throws IOException {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    arrays.put(EXAMPLES, Nd4j.scalar(DataType.INT64, summed));
    layers.forEach(
        (name, layer) ->
            content.apply(layer.sums()).forEach((sum, a) -> arrays.put(name + "/" + sum, a)));
    NumpyArchive.write(file, arrays);
  }

  /**
   * Reads what {@link #save} wrote for the same network.
   *
   * @throws IOException if the file cannot be read, is damaged or belongs to another network
   */
  public static NetworkMoments load(Path file, Network network) throws IOException {
    Map<String, INDArray> arrays = NumpyArchive.read(file);
    boolean covariance =
        arrays.keySet().stream().anyMatch(n -> n.endsWith("/" + LayerSums.COVARIANCE));
    NetworkMoments moments = MomentsPass.all(network, covariance, PatchSampling.all()).begin();
    moments.restore(file, arrays);
    return moments;
  }

  void restore(Path file, Map<String, INDArray> arrays) throws IOException {
    INDArray count = arrays.get(EXAMPLES);
    if (count == null) {
      throw new IOException(file + ": does not hold the moments of a network.\nMaybe delete it.");
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
    batches.clear();
    examples = count.getLong(0);
    summed = examples;
  }

  /**
   * Moments that were collected earlier and saved.
   *
   * @param layers by name of node
   * @throws IllegalArgumentException if a linear node has none; the message names it
   */
  public static NetworkMoments of(Network network, Map<String, LayerMoments> layers) {
    NetworkMoments moments = new NetworkMoments(network, network.batchSize());
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
   * The samples that each linear layer sees in a batch.
   *
   * @param first index of the batch's first example in the data: the patches drawn from an example
   *     depend on its index, not on the batch
   * @param consumer receives a node's name and its samples {@code [m,d]}, which are closed
   *     afterwards
   */
  public static void eachLayer(
      Network network,
      INDArray batch,
      PatchSampling sampling,
      long first,
      BiConsumer<String, INDArray> consumer) {
    network.observe(
        batch,
        (node, inputs, output) -> {
          if (node.layer() instanceof LinearLayer) {
            samples(
                node,
                inputs.get(0),
                sampling,
                first,
                samples -> consumer.accept(node.name(), samples));
          }
        });
  }

  private static void samples(
      Node node, INDArray input, PatchSampling sampling, long first, Consumer<INDArray> consumer) {
    INDArray samples = sampling.samples(node.name(), (LinearLayer) node.layer(), input, first);
    consumer.accept(samples);
    if (samples != input && samples.closeable()) {
      samples.close();
    }
  }

  /**
   * Adds samples that were held back to be added together with more; reading a layer's moments does
   * this, too.
   */
  public void complete() {
    batches.finish(this::sum);
    layers.values().forEach(LayerMoments::complete);
  }

  /** Frees the memory of all layers' sums. */
  @Override
  public void close() {
    batches.clear();
    layers.values().forEach(LayerMoments::close);
  }

  public Network network() {
    return network;
  }

  /**
   * The moments of one linear node.
   *
   * @throws IllegalArgumentException if there is no such linear node
   */
  public LayerMoments layer(String name) {
    batches.finish(this::sum);
    LayerMoments moments = layers.get(name);
    if (moments == null) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "No linear node '%s'.\nLinear nodes: %s",
              name,
              String.join(", ", layers.keySet())));
    }
    return moments;
  }
}

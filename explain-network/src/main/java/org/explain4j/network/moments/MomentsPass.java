package org.explain4j.network.moments;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.numpy.NumpyArchive;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What one pass over data collects: the moments of some layers.
 *
 * @param nodes names of linear nodes whose moments together fit into memory
 * @param covariance whether the sum of xx' is kept, which rho needs
 * @param first index of the pass's first example in the data; the patches drawn from an example
 *     depend on its index, so shards draw the same ones as a single pass
 * @param batch examples that are summed at a time, whatever the batches they come in; sums that are
 *     to be merged to those of a single pass must begin at a multiple of it
 */
public record MomentsPass(
    Network network,
    List<String> nodes,
    boolean covariance,
    PatchSampling sampling,
    long first,
    int batch) {

  /** Summed in batches of {@link Network#batchSize}. */
  public MomentsPass(
      Network network, List<String> nodes, boolean covariance, PatchSampling sampling, long first) {
    this(network, nodes, covariance, sampling, first, network.batchSize());
  }

  /**
   * @throws IllegalArgumentException if there is no such linear node; the message names it
   */
  public MomentsPass {
    nodes = List.copyOf(nodes);
    Set<String> known =
        network.linearNodes().stream().map(Node::name).collect(Collectors.toUnmodifiableSet());
    for (String node : nodes) {
      if (!known.contains(node)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "No linear node '%s'.\nLinear nodes: %s",
                node,
                String.join(", ", known)));
      }
    }
  }

  /** A pass for every linear layer, from the beginning of the data. */
  public static MomentsPass all(Network network, boolean covariance, PatchSampling sampling) {
    List<String> nodes = network.linearNodes().stream().map(Node::name).toList();
    return new MomentsPass(network, nodes, covariance, sampling, 0);
  }

  /** The empty moments from which a pass without a checkpoint begins. */
  public NetworkMoments begin() {
    return new NetworkMoments(this);
  }

  /**
   * The moments from which a pass continues that has written a checkpoint.
   *
   * @throws IOException if the file cannot be read, is damaged or belongs to another network; the
   *     message names it
   */
  public NetworkMoments resume(Path checkpoint) throws IOException {
    NetworkMoments moments = begin();
    moments.restore(checkpoint, NumpyArchive.read(checkpoint));
    return moments;
  }

  /**
   * Adds the rest of the data. However often a pass is interrupted and resumed, the sums have the
   * same bits as without.
   *
   * @param moments of {@link #begin} or {@link #resume}; they are added to
   * @param batches given a number of examples, supplies the batches after these, counted from the
   *     pass's first example: {@code [n,c,h,w]} each, of any sizes; closed after use
   * @param checkpoint present if progress is to be saved; also written at the end, and left for the
   *     caller to delete when the result is safe
   * @throws IOException if the checkpoint cannot be written
   */
  public NetworkMoments run(
      NetworkMoments moments,
      LongFunction<Iterable<INDArray>> batches,
      Optional<Checkpoint> checkpoint)
      throws IOException {
    long saved = System.nanoTime();
    for (INDArray batch : batches.apply(moments.examples())) {
      try (batch) {
        moments.add(batch, sampling, first);
      }
      if (checkpoint.isPresent()
          && System.nanoTime() - saved >= checkpoint.get().every().toNanos()) {
        moments.checkpoint(checkpoint.get().file());
        saved = System.nanoTime();
      }
    }
    if (checkpoint.isPresent()) {
      moments.checkpoint(checkpoint.get().file());
    }
    return moments;
  }

  LinearLayer layer(String node) {
    return (LinearLayer) network.node(node).layer();
  }
}

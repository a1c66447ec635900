package org.explain4j.network.moments;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
 * @param nodes the linear nodes, by name; those whose moments together fit into memory
 * @param covariance whether the sum of xx' is kept, which rho needs
 * @param first index of the pass's first example in the data, which the drawn patches of an example
 *     depend on: shards draw what a single pass would
 */
public record MomentsPass(
    Network network, List<String> nodes, boolean covariance, PatchSampling sampling, long first) {

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
            "No linear node '%s'.\nLinear nodes: %s".formatted(node, String.join(", ", known)));
      }
    }
  }

  /** Every linear layer, from the data's beginning. */
  public static MomentsPass all(Network network, boolean covariance, PatchSampling sampling) {
    List<String> nodes = network.linearNodes().stream().map(Node::name).toList();
    return new MomentsPass(network, nodes, covariance, sampling, 0);
  }

  /** Where a pass begins that has no checkpoint. */
  public NetworkMoments begin() {
    return new NetworkMoments(this);
  }

  /**
   * Where a pass goes on that put down a checkpoint.
   *
   * @throws IOException if the file cannot be read, is damaged or of another network; the message
   *     names it
   */
  public NetworkMoments resume(Path checkpoint) throws IOException {
    NetworkMoments moments = begin();
    moments.restore(checkpoint, NumpyArchive.read(checkpoint));
    return moments;
  }

  /**
   * Adds the rest of the data.
   *
   * @param moments of {@link #begin} or {@link #resume}; they are added to
   * @param batches those from a number of examples on, counted from the pass's first: {@code
   *     [n,c,h,w]} each, cut alike in every attempt; closed when done with
   * @param checkpoint if progress is to be kept; also written at the end, and left for the caller
   *     to delete when the result is safe
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
        moments.save(checkpoint.get().file());
        saved = System.nanoTime();
      }
    }
    if (checkpoint.isPresent()) {
      moments.save(checkpoint.get().file());
    }
    return moments;
  }

  LinearLayer layer(String node) {
    return (LinearLayer) network.node(node).layer();
  }
}

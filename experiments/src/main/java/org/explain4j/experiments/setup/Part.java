package org.explain4j.experiments.setup;

import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.explain4j.api.Preprocessing;
import org.explain4j.api.Split;
import org.explain4j.experiments.results.CellHash;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Chosen examples of a dataset.
 *
 * @param indices into {@code split}
 * @param hash of the data and the indices
 * @param first position of its first example in the split that it is a shard of
 */
public record Part(Split split, int[] indices, String hash, int first) {

  public static Part of(Split split, int[] indices, String dataHash) {
    return new Part(split, indices, CellHash.of(dataHash, CellHash.of(indices)), 0);
  }

  /** Some of its consecutive examples. */
  Part shard(int from, int to) {
    int[] some = range(from, to);
    return new Part(split, some, CellHash.of(hash, from, to), first + from);
  }

  public int size() {
    return indices.length;
  }

  /** Its examples from {@code from} (inclusive) to {@code to} (exclusive). */
  public int[] range(int from, int to) {
    return Arrays.copyOfRange(indices, from, to);
  }

  /** The network's inputs in batches; whoever iterates closes them. */
  public Iterable<INDArray> batches(Preprocessing preprocessing, int size) {
    return batches(preprocessing, size, 0);
  }

  /** Likewise, those from an example on. */
  public Iterable<INDArray> batches(Preprocessing preprocessing, int size, int start) {
    return () -> iterator(preprocessing, size, start);
  }

  private Iterator<INDArray> iterator(Preprocessing preprocessing, int size, int start) {
    return IntStream.iterate(start, from -> from < size(), from -> from + size)
        .mapToObj(from -> inputs(preprocessing, from, Math.min(size(), from + size)))
        .iterator();
  }

  /** Examples of a range as a network takes them. */
  public INDArray inputs(Preprocessing preprocessing, int from, int to) {
    try (INDArray pixels = split.inputs(range(from, to))) {
      return preprocessing.apply(pixels);
    }
  }
}

package org.explain4j.network.arrays;

import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Cuts a large array of examples into batches. */
public final class Batches {
  /** Examples per batch unless stated otherwise. */
  public static final int DEFAULT_SIZE = 100;

  private Batches() {}

  /** Batches along the first dimension, each a copy; the last one may be smaller. */
  public static Iterable<INDArray> of(INDArray examples, int size) {
    long n = examples.size(0);
    return () -> batches(examples, size, n);
  }

  private static Iterator<INDArray> batches(INDArray examples, int size, long n) {
    return LongStream.iterate(0, from -> from < n, from -> from + size)
        .mapToObj(from -> slice(examples, from, Math.min(n, from + size)))
        .iterator();
  }

  /** A copy of the examples from {@code from} (inclusive) to {@code to} (exclusive). */
  public static INDArray slice(INDArray examples, long from, long to) {
    INDArrayIndex[] index = new INDArrayIndex[examples.rank()];
    Arrays.fill(index, NDArrayIndex.all());
    index[0] = NDArrayIndex.interval(from, to);
    return examples.get(index).dup('c');
  }
}

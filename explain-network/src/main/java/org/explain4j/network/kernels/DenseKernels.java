package org.explain4j.network.kernels;

import org.explain4j.network.arrays.Buffers;
import org.explain4j.network.arrays.Products;
import org.explain4j.network.arrays.Workers;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Products with a weight matrix {@code [k,d]} that is much larger than the batch: what takes time
 * is reading it from memory, which several threads do faster than one.
 */
public final class DenseKernels {
  /** Weights that the processor's caches hold are multiplied at once. */
  private static final long LARGE = 1L << 20;

  private DenseKernels() {}

  /** {@code x W'}, {@code [n,k]}. */
  public static INDArray forward(INDArray input, INDArray weights) {
    if (weights.length() < LARGE) {
      return input.mmul(weights.transpose());
    }
    INDArray product = Nd4j.createUninitialized(input.dataType(), weights.size(0), input.size(0));
    Workers.run(
        weights.size(0),
        weights.size(1),
        (from, to) ->
            Products.multiply(
                Workers.slice(weights, from, to),
                input,
                Products.Transposed.SECOND,
                Workers.slice(product, from, to),
                0));
    try (product) {
      return product.transpose().dup('c');
    }
  }

  /** {@code g W}, {@code [n,d]}. */
  public static INDArray transpose(INDArray gradient, INDArray weights) {
    INDArray product = Buffers.uninitialized(gradient, gradient.size(0), weights.size(1));
    if (weights.length() < LARGE) {
      Products.multiply(gradient, weights, Products.Transposed.NONE, product, 0);
      return product;
    }
    Workers.run(
        weights.size(1),
        weights.size(0),
        (from, to) ->
            Products.multiply(
                gradient,
                Products.columns(weights, from, to),
                Products.Transposed.NONE,
                Products.columns(product, from, to),
                0));
    return product;
  }
}

package org.explain4j.methods.rules;

import java.util.List;
import org.explain4j.network.Dense;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.arrays.Buffers;
import org.explain4j.network.arrays.Products;
import org.explain4j.network.arrays.Workers;
import org.explain4j.network.propagation.Site;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Cuts a rule's work at a linear layer into pieces, for several threads and to keep temporary
 * arrays small: a convolution's work by examples, a dense layer's by neurons, whose relevances are
 * added up.
 */
final class Pieces {
  /** Weights of a piece of a dense layer. */
  private static final long WEIGHTS = 3_000_000;

  /**
   * Number of sums kept separate until the end, so the result is the same with any number of
   * threads.
   */
  private static final int PARTS = 8;

  private Pieces() {}

  /**
   * A piece of a layer's work.
   *
   * @param layer all neurons of a convolution, some of a dense layer
   * @param input some examples for a convolution, all for a dense layer
   * @param output what the neurons returned for them, with bias
   * @param message what arrived there
   */
  record Piece(ModifiedLayers layer, INDArray input, INDArray output, INDArray message) {}

  /** What a rule does with a piece. */
  @FunctionalInterface
  interface Share {
    /**
     * Writes what the neurons pass to their inputs.
     *
     * @param relevance to be overwritten, of the input's shape
     */
    void write(Piece piece, INDArray relevance);
  }

  /** The messages to the inputs of a linear layer. */
  static List<INDArray> propagate(Site site, INDArray message, Share share) {
    LinearLayer layer = (LinearLayer) site.layer();
    INDArray relevance = Buffers.uninitialized(site.input(), site.input().shape());
    if (layer instanceof Dense dense) {
      neurons(dense, site, message, share, relevance);
    } else {
      examples(layer, site, message, share, relevance);
    }
    return List.of(relevance);
  }

  private static void examples(
      LinearLayer layer, Site site, INDArray message, Share share, INDArray relevance) {
    INDArray x = site.input();
    long elements = Math.max(x.length(), message.length()) / x.size(0);
    try (ModifiedLayers layers = new ModifiedLayers(layer)) {
      Workers.run(
          x.size(0),
          elements,
          (from, to) -> {
            Piece piece =
                new Piece(
                    layers,
                    Workers.slice(x, from, to),
                    Workers.slice(site.output(), from, to),
                    Workers.slice(message, from, to));
            share.write(piece, Workers.slice(relevance, from, to));
          });
    }
  }

  private static void neurons(
      Dense layer, Site site, INDArray message, Share share, INDArray relevance) {
    int neurons = Math.toIntExact(layer.neurons());
    int size = (int) Math.max(1, WEIGHTS / layer.fanIn());
    int pieces = (neurons + size - 1) / size;
    int parts = Math.min(PARTS, pieces);
    INDArray[] sums = new INDArray[parts];
    Workers.run(
        parts,
        Workers.ONE_BY_ONE,
        (from, to) -> {
          for (int part = from; part < to; part++) {
            sums[part] = part == 0 ? relevance : relevance.like();
            sum(layer, site, message, share, new Range(part, parts, size, neurons), sums[part]);
          }
        });
    for (int part = 1; part < parts; part++) {
      try (INDArray sum = sums[part]) {
        relevance.addi(sum);
      }
    }
  }

  /** Every {@code parts}-th piece of {@code size} neurons, from piece {@code part} on. */
  private record Range(int part, int parts, int size, int neurons) {}

  private static void sum(
      Dense layer, Site site, INDArray message, Share share, Range range, INDArray sum) {
    INDArray piece = sum;
    for (int from = range.part() * range.size();
        from < range.neurons();
        from += range.parts() * range.size()) {
      int to = Math.min(range.neurons(), from + range.size());
      LinearLayer some =
          layer.with(
              Workers.slice(layer.weights(), from, to),
              layer.bias().get(NDArrayIndex.interval(from, to)));
      try (ModifiedLayers layers = new ModifiedLayers(some);
          INDArray output = columns(site.output(), from, to);
          INDArray arrived = columns(message, from, to)) {
        share.write(new Piece(layers, site.input(), output, arrived), piece);
      }
      if (piece == sum) {
        piece = Nd4j.createUninitialized(sum.dataType(), sum.shape(), 'c');
      } else {
        sum.addi(piece);
      }
    }
    if (piece != sum) {
      piece.close();
    }
  }

  private static INDArray columns(INDArray matrix, int from, int to) {
    return Products.columns(matrix, from, to).dup('c');
  }
}

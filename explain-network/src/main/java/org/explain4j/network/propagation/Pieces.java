package org.explain4j.network.propagation;

import java.util.List;
import org.explain4j.network.BackwardStep;
import org.explain4j.network.Dense;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.arrays.Buffers;
import org.explain4j.network.arrays.Products;
import org.explain4j.network.arrays.Workers;
import org.nd4j.linalg.api.ndarray.INDArray;
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

  /** The messages to the inputs of a linear layer. */
  static List<INDArray> propagate(Site site, INDArray message, BackwardStep step) {
    LinearLayer layer = (LinearLayer) site.layer();
    INDArray relevance = Buffers.uninitialized(site.input(), site.input().shape());
    if (layer instanceof Dense dense) {
      neurons(dense, site, message, step, relevance);
    } else {
      examples(layer, site, message, step, relevance);
    }
    return List.of(relevance);
  }

  private static void examples(
      LinearLayer layer, Site site, INDArray message, BackwardStep step, INDArray relevance) {
    INDArray x = site.input();
    long elements = Math.max(x.length(), message.length()) / x.size(0);
    try (ChangedLayers layers = new ChangedLayers(site.node().name(), layer)) {
      Workers.run(
          x.size(0),
          elements,
          (from, to) -> {
            try (ArrayArithmetic arrays =
                new ArrayArithmetic(
                    layers,
                    new Site(
                        site.node(),
                        List.of(Workers.slice(x, from, to)),
                        Workers.slice(site.output(), from, to)),
                    Workers.slice(message, from, to))) {
              Workers.slice(relevance, from, to).assign(step.messages(arrays).get(0));
            }
          });
    }
  }

  private static void neurons(
      Dense layer, Site site, INDArray message, BackwardStep step, INDArray relevance) {
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
            sum(layer, site, message, step, new Range(part, parts, size, neurons), sums[part]);
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
      Dense layer, Site site, INDArray message, BackwardStep step, Range range, INDArray sum) {
    for (int from = range.part() * range.size();
        from < range.neurons();
        from += range.parts() * range.size()) {
      int to = Math.min(range.neurons(), from + range.size());
      LinearLayer some =
          layer.with(
              Workers.slice(layer.weights(), from, to),
              layer.bias().get(NDArrayIndex.interval(from, to)));
      try (ChangedLayers layers = new ChangedLayers(site.node().name(), some);
          INDArray output = columns(site.output(), from, to);
          INDArray arrived = columns(message, from, to);
          ArrayArithmetic arrays =
              new ArrayArithmetic(layers, new Site(site.node(), site.inputs(), output), arrived)) {
        INDArray piece = step.messages(arrays).get(0);
        if (from == range.part() * range.size()) {
          sum.assign(piece);
        } else {
          sum.addi(piece);
        }
      }
    }
  }

  private static INDArray columns(INDArray matrix, int from, int to) {
    return Products.columns(matrix, from, to).dup('c');
  }
}

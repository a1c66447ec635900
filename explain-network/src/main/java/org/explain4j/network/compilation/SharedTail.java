package org.explain4j.network.compilation;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.explain4j.network.Activation;
import org.explain4j.network.Dense;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.Shapes;
import org.explain4j.network.arrays.Buffers;
import org.explain4j.network.arrays.HostMemory;
import org.explain4j.network.arrays.Workers;
import org.explain4j.network.kernels.Examples;
import org.explain4j.network.onednn.Lease;
import org.explain4j.network.onednn.OneDnnException;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A forward pass whose last dense layers run for several examples at once, so that their weights,
 * which the fastest cache does not hold, are read once for all of them. Examples that are left over
 * run one by one; therefore it serves only where both ways give the same bits.
 */
final class SharedTail {
  /** Examples at a time. */
  private static final int ROWS = 8;

  /** Weights that are worth it: what a processor's first cache holds. */
  private static final long WEIGHTS = 16L << 10;

  /** Share of a pass's multiplications that is worth it. */
  private static final double SHARE = 0.01;

  private final ForwardProgram whole;
  private final ForwardProgram features;
  private final ForwardProgram last;

  private SharedTail(ForwardProgram whole, ForwardProgram features, ForwardProgram last) {
    this.whole = whole;
    this.features = features;
    this.last = last;
  }

  /**
   * Empty if it would save no time or change a bit.
   *
   * @param whole the pass that it stands in for
   */
  static Optional<SharedTail> of(Network network, ForwardProgram whole) {
    Optional<Tail> tail = Tail.of(network, WEIGHTS).filter(last -> pays(network, last));
    if (tail.isEmpty()) {
      return Optional.empty();
    }
    try {
      Network end = tail.get().network();
      SharedTail made =
          new SharedTail(
              whole,
              ForwardProgram.of(network, tail.get().before(), 1),
              ForwardProgram.of(end, end.output().name(), ROWS));
      return Optional.of(made).filter(shared -> shared.changesNothing(network));
    } catch (OneDnnException e) {
      return Optional.empty();
    }
  }

  private static boolean pays(Network network, Tail tail) {
    boolean plain =
        tail.network().nodes().stream()
            .allMatch(n -> n.layer() instanceof Dense || Activation.isRelu(n.layer()));
    return plain
        && !tail.isWhole()
        && multiplications(tail.network()) >= SHARE * multiplications(network);
  }

  private static double multiplications(Network network) {
    double sum = 0;
    for (Node node : network.linearNodes()) {
      long positions =
          network.shapes().get(node.name()).stream().skip(1).reduce(1L, (a, b) -> a * b);
      sum += (double) ((LinearLayer) node.layer()).weights().length() * positions;
    }
    return sum;
  }

  /**
   * Whether every place among the examples at a time gets the bits of a pass of its own. Products
   * that add up in another order differ in some bit of random numbers.
   */
  private boolean changesNothing(Network network) {
    Random random = new Random(1);
    INDArray inputs =
        Nd4j.create(network.dataType(), Shapes.withBatch(ROWS, network.inputShape()), 'c');
    for (long i = 0; i < inputs.length(); i++) {
      inputs.data().put(i, random.nextGaussian());
    }
    long[] shape = Shapes.withBatch(ROWS, whole.output());
    try (INDArray given = inputs;
        INDArray one = Buffers.uninitialized(given, shape);
        INDArray all = Buffers.uninitialized(given, shape)) {
      whole.run(given, one);
      run(given, all);
      return Arrays.equals(one.data().asFloat(), all.data().asFloat());
    }
  }

  /** Whether there are enough examples. */
  boolean serves(long examples) {
    return examples >= ROWS;
  }

  /** Runs for all examples of a batch. */
  void run(INDArray inputs, INDArray outputs) {
    int count = Math.toIntExact(inputs.size(0));
    int blocks = count / ROWS;
    INDArray between =
        Buffers.uninitialized(inputs, Shapes.withBatch((long) blocks * ROWS, features.output()));
    long[] starts = {
      HostMemory.address(inputs), HostMemory.address(between), HostMemory.address(outputs)
    };
    long[] sizes = {
      bytes(inputs) / count, bytes(between) / ((long) blocks * ROWS), bytes(outputs) / count
    };
    Workers.Part part =
        (from, to) -> {
          for (int i = from; i < to; i++) {
            if (i < blocks) {
              block(i * ROWS, starts, sizes);
            } else {
              int example = blocks * ROWS + i - blocks;
              whole.program().run(whole.externals(), at(example, starts, sizes, 0, 2));
            }
          }
        };
    Examples.using(
        () -> Workers.run(blocks + count % ROWS, Workers.ONE_BY_ONE, part),
        inputs,
        between,
        outputs);
    Buffers.release(between);
  }

  private void block(int first, long[] starts, long[] sizes) {
    try (Lease lease = features.program().lease()) {
      for (int example = first; example < first + ROWS; example++) {
        lease.run(features.externals(), at(example, starts, sizes, 0, 1));
      }
    }
    last.program().run(last.externals(), at(first, starts, sizes, 1, 2));
  }

  private static long bytes(INDArray array) {
    return array.length() * Float.BYTES;
  }

  /** Where an example lies in two of the arrays. */
  private static long[] at(int example, long[] starts, long[] sizes, int one, int other) {
    return new long[] {starts[one] + example * sizes[one], starts[other] + example * sizes[other]};
  }
}

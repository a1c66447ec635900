package org.explain4j.network.kernels;

import static org.explain4j.network.onednn.Primitive.Argument.BIAS;
import static org.explain4j.network.onednn.Primitive.Argument.DESTINATION;
import static org.explain4j.network.onednn.Primitive.Argument.DESTINATION_GRADIENT;
import static org.explain4j.network.onednn.Primitive.Argument.SOURCE;
import static org.explain4j.network.onednn.Primitive.Argument.SOURCE_GRADIENT;
import static org.explain4j.network.onednn.Primitive.Argument.WEIGHTS;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.explain4j.network.arrays.Buffers;
import org.explain4j.network.arrays.HostMemory;
import org.explain4j.network.arrays.Planes;
import org.explain4j.network.arrays.Workers;
import org.explain4j.network.onednn.Layout;
import org.explain4j.network.onednn.LinearPrimitives;
import org.explain4j.network.onednn.OneDnn;
import org.explain4j.network.onednn.OneDnnException;
import org.explain4j.network.onednn.PostOperation;
import org.explain4j.network.onednn.Primitive;
import org.explain4j.network.onednn.Program;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Products with a weight matrix {@code [k,d]} in float32, for a fixed number of examples at a time
 * and of neurons on a thread, so that an example's result depends neither on the batch nor on the
 * threads. What takes time with large weights is reading them, for one example or eight.
 */
public final class DensePrograms {
  /**
   * Examples at a time; missing ones are zeros. As many as have the same bits in every place:
   * AVX2's products of eight have not.
   */
  private static final int ROWS = OneDnn.hasAvx512() ? 8 : 4;

  /** Weights that a thread multiplies with at a time. */
  private static final long WEIGHTS_AT_A_TIME = 1L << 20;

  private static final Map<Key, Optional<Planned>> PLANNED = new ConcurrentHashMap<>();

  private DensePrograms() {}

  /**
   * What a program depends on.
   *
   * @param neurons of the layer
   * @param some of them that are multiplied with
   */
  private record Key(boolean transposed, long inputs, long neurons, long some) {}

  private record Planned(Program program, int[] externals) {}

  private static Optional<Planned> planned(Key key) {
    return PLANNED.computeIfAbsent(key, DensePrograms::plan);
  }

  private static Optional<Planned> plan(Key key) {
    try {
      return Optional.of(key.transposed() ? transposed(key) : forward(key));
    } catch (OneDnnException e) {
      return Optional.empty();
    }
  }

  private static Planned forward(Key key) {
    Program program = new Program();
    int from = program.external(Layout.plain(ROWS, key.inputs()));
    int weights = program.external(Layout.plain(key.some(), key.inputs()));
    int bias = program.external(Layout.plain(key.some()));
    int to = program.external(columns(key));
    Primitive primitive =
        LinearPrimitives.dense(
            program.layout(from),
            program.layout(weights),
            Layout.plain(ROWS, key.some()),
            PostOperation.NONE);
    int result = program.array(primitive.layout(DESTINATION));
    program.step(primitive, SOURCE, from, WEIGHTS, weights, BIAS, bias, DESTINATION, result);
    program.copy(result, to);
    return new Planned(program, new int[] {from, weights, bias, to});
  }

  private static Planned transposed(Key key) {
    Program program = new Program();
    int from = program.external(columns(key));
    int weights = program.external(Layout.plain(key.some(), key.inputs()));
    int to = program.external(Layout.plain(ROWS, key.inputs()));
    Primitive primitive =
        LinearPrimitives.denseTransposed(
            program.layout(to), program.layout(weights), Layout.plain(ROWS, key.some()));
    int message = program.array(primitive.layout(DESTINATION_GRADIENT));
    program.copy(from, message);
    program.step(primitive, DESTINATION_GRADIENT, message, WEIGHTS, weights, SOURCE_GRADIENT, to);
    return new Planned(program, new int[] {from, weights, to});
  }

  /** Some columns of a matrix with one for each neuron. */
  private static Layout columns(Key key) {
    return Layout.plain(ROWS, key.neurons()).part(new long[] {ROWS, key.some()}, new long[] {0, 0});
  }

  /** How a layer's neurons are shared out: always alike for weights of the same shape. */
  private record Shares(long inputs, long neurons, long size) {
    static Shares of(INDArray weights) {
      long size = Math.max(1, WEIGHTS_AT_A_TIME / weights.size(1));
      return new Shares(weights.size(1), weights.size(0), Math.min(weights.size(0), size));
    }

    int count() {
      return Math.toIntExact((neurons + size - 1) / size);
    }

    Key key(int share, boolean transposed) {
      long some = Math.min(size, neurons - share * size);
      return new Key(transposed, inputs, neurons, some);
    }

    boolean planned(boolean transposed) {
      return DensePrograms.planned(key(0, transposed)).isPresent()
          && DensePrograms.planned(key(count() - 1, transposed)).isPresent();
    }
  }

  /** {@code xW' + b}, {@code [n,k]}; empty where ND4J is to do it. */
  public static Optional<INDArray> forward(INDArray input, INDArray weights, INDArray bias) {
    Shares shares = Shares.of(weights);
    if (!serves(weights) || !shares.planned(false)) {
      return Optional.empty();
    }
    INDArray rows = filledUp(input);
    INDArray matrix = plain(weights);
    INDArray offsets = plain(bias);
    INDArray result = Buffers.uninitialized(DataType.FLOAT, rows.size(0), shares.neurons());
    int blocks = Math.toIntExact(rows.size(0) / ROWS);
    long top = (long) ROWS * Float.BYTES;
    Workers.Part part =
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int block = i / shares.count();
            int share = i % shares.count();
            long first = share * shares.size();
            run(
                shares.key(share, false),
                HostMemory.address(rows) + block * top * shares.inputs(),
                HostMemory.address(matrix) + first * shares.inputs() * Float.BYTES,
                HostMemory.address(offsets) + first * Float.BYTES,
                HostMemory.address(result) + block * top * shares.neurons() + first * Float.BYTES);
          }
        };
    long pieces = (long) blocks * shares.count();
    Examples.using(
        () -> Workers.run(pieces, WEIGHTS_AT_A_TIME, part), rows, matrix, offsets, result);
    return Optional.of(cut(result, input.size(0)));
  }

  /** {@code gW}, {@code [n,d]}; empty where ND4J is to do it. */
  public static Optional<INDArray> transpose(INDArray gradient, INDArray weights) {
    Shares shares = Shares.of(weights);
    if (!serves(weights) || !shares.planned(true)) {
      return Optional.empty();
    }
    INDArray rows = filledUp(gradient);
    INDArray matrix = plain(weights);
    INDArray sum = Buffers.uninitialized(DataType.FLOAT, rows.size(0), shares.inputs());
    int side = Math.max(1, Workers.threads());
    INDArray parts = Buffers.uninitialized(DataType.FLOAT, side, ROWS, shares.inputs());
    for (int block = 0; block < rows.size(0) / ROWS; block++) {
      INDArray some = Workers.slice(rows, block * ROWS, (block + 1) * ROWS);
      INDArray target = Workers.slice(sum, block * ROWS, (block + 1) * ROWS);
      for (int first = 0; first < shares.count(); first += side) {
        int end = Math.min(shares.count(), first + side);
        transpose(shares, some, matrix, first, Workers.slice(parts, 0, end - first));
        for (int i = 0; i < end - first; i++) {
          INDArray part = parts.slice(i);
          if (first + i == 0) {
            target.assign(part);
          } else {
            target.addi(part); // in their order, whatever the number of threads
          }
        }
      }
    }
    Buffers.release(parts);
    return Optional.of(cut(sum, gradient.size(0)));
  }

  /** What some shares of the neurons hand down, from one of them on. */
  private static void transpose(
      Shares shares, INDArray rows, INDArray matrix, int first, INDArray parts) {
    long size = (long) ROWS * shares.inputs() * Float.BYTES;
    Workers.Part part =
        (from, to) -> {
          for (int i = from; i < to; i++) {
            long neuron = (first + i) * shares.size();
            run(
                shares.key(first + i, true),
                HostMemory.address(rows) + neuron * Float.BYTES,
                HostMemory.address(matrix) + neuron * shares.inputs() * Float.BYTES,
                HostMemory.address(parts) + i * size);
          }
        };
    Examples.using(() -> Workers.run(parts.size(0), WEIGHTS_AT_A_TIME, part), rows, matrix, parts);
  }

  private static void run(Key key, long... addresses) {
    Planned planned = planned(key).orElseThrow();
    planned.program().run(planned.externals(), addresses);
  }

  private static boolean serves(INDArray weights) {
    return weights.dataType() == DataType.FLOAT && OneDnn.isAvailable();
  }

  private static INDArray plain(INDArray array) {
    return Planes.consecutive(array) ? array : array.dup('c');
  }

  /** With rows of zeros up to a multiple of what is multiplied at a time. */
  private static INDArray filledUp(INDArray rows) {
    long n = rows.size(0);
    long whole = (n + ROWS - 1) / ROWS * ROWS;
    if (n == whole) {
      return plain(rows);
    }
    INDArray filled = Buffers.uninitialized(DataType.FLOAT, whole, rows.size(1));
    filled.get(NDArrayIndex.interval(0, n)).assign(rows);
    filled.get(NDArrayIndex.interval(n, whole)).assign(0);
    return filled;
  }

  private static INDArray cut(INDArray rows, long count) {
    if (rows.size(0) == count) {
      return rows;
    }
    INDArray cut = rows.get(NDArrayIndex.interval(0, count)).dup('c');
    Buffers.release(rows);
    return cut;
  }
}

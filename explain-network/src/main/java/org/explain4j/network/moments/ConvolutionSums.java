package org.explain4j.network.moments;

import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.explain4j.network.Convolution;
import org.explain4j.network.Window;
import org.explain4j.network.arrays.Buffers;
import org.explain4j.network.arrays.HostMemory;
import org.explain4j.network.arrays.Products;
import org.explain4j.network.arrays.Workers;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Sums of a convolution over all positions, tap by tap, without unrolling its patches.
 *
 * <p>The sums of x z+, x z- and x i are gradients in the weights: one product of {@code [3k,n]} and
 * {@code [n,kw*c]} per row of the kernel, in the network's floating-point type, added up in
 * float64. The sum of xx' depends, but for the image's border, only on the distance of two taps: a
 * 3 x 3 kernel has 13 distances for its 45 pairs of taps. Their products are float64; what the
 * border takes away is subtracted pair by pair.
 */
final class ConvolutionSums {
  private static final long THIN = 32;
  private static final String SIZE = "size";
  private static final String CROSSED = "crossed";
  private static final String DISTANCE = "distance ";
  private static final String BORDER = "border ";

  /** Numbers of one chunk of images, padded: bounds the memory of temporaries (32 MiB). */
  static final long CHUNK = 1L << 23;

  /**
   * Rows of a product that one thread is given, at least and at most. Each product packs its other
   * factor anew: 96 rows of a wide layer cost a quarter more than 384, and more gain no more.
   */
  private static final int LEAST_ROWS = 96;

  private static final int MOST_ROWS = 384;

  private final Window window;
  private final int channels;
  private final int neurons;
  private final boolean covariance;
  private final INDArray crossed; // [kh,3k,kw*c]
  private final Map<Integer, INDArray> distances =
      new ConcurrentHashMap<>(); // by distance of taps, [c,c]
  private final Map<Integer, INDArray> borders =
      new ConcurrentHashMap<>(); // by pair of taps, [c,c]
  private PaddedGrid grid;
  private List<int[]> surpluses = List.of(); // by pair of taps

  ConvolutionSums(Convolution layer, boolean covariance) {
    this.window = layer.window();
    this.channels = (int) layer.weights().size(1);
    this.neurons = (int) layer.neurons();
    this.covariance = covariance;
    this.crossed =
        Nd4j.zeros(
            DataType.DOUBLE, window.height(), 3L * neurons, (long) window.width() * channels);
  }

  /**
   * Whether a layer's sums are better made here than from its patches. Few inputs per neuron are as
   * fast unrolled, and then in float64 from the start: a first layer's samples next to y = 0 keep
   * their regime. Strides leave the covariance no shared distances.
   */
  static boolean serves(Convolution layer, boolean covariance) {
    if (layer.fanIn() <= THIN) {
      return false;
    }
    return !covariance || (layer.window().strideY() == 1 && layer.window().strideX() == 1);
  }

  /**
   * Adds a batch.
   *
   * @param input {@code [n,c,h,w]}
   * @param output {@code [n,k,oh,ow]}, with bias
   * @param totals what is summed per neuron and per input
   */
  void add(INDArray input, INDArray output, Totals totals) {
    prepare((int) input.size(2), (int) input.size(3));
    int images = (int) input.size(0);
    long each = (long) grid.length() * Math.max(window.width() * channels, 3 * neurons);
    int chunk = (int) Math.max(1, Math.min(images, CHUNK / each));
    totals.inputs(grid, input);
    for (int from = 0; from < images; from += chunk) {
      int to = Math.min(images, from + chunk);
      long row = (long) (to - from) * grid.length();
      INDArray x = Buffers.uninitialized(input, (long) window.width() * channels, row);
      INDArray regimes = Buffers.uninitialized(input, 3L * neurons, row);
      grid.scatter(input, from, to, x);
      totals.regimes(grid, output, from, to, regimes);
      cross(regimes, x);
      if (covariance) {
        covary(Workers.slice(x, 0, channels), to - from);
      }
      Buffers.release(x);
      Buffers.release(regimes);
    }
  }

  private void prepare(int height, int width) {
    PaddedGrid wanted = new PaddedGrid(window, height, width, covariance);
    if (wanted.equals(grid)) {
      return;
    }
    if (grid != null && covariance) {
      throw new IllegalArgumentException(
          "Images of " + height + " x " + width + ", but moments with covariance need one size.");
    }
    grid = wanted;
    List<int[]> found = new ArrayList<>();
    for (int a = 0; covariance && a < grid.taps(); a++) {
      for (int b = 0; b < grid.taps(); b++) {
        found.add(b < a ? new int[0] : grid.surplus(a, b));
      }
    }
    surpluses = found;
  }

  private void cross(INDArray regimes, INDArray x) {
    // Products of one thread each are safe from other load on the machine.
    int rows = 3 * neurons;
    // The same rows at a time for any number of threads, on which the last bits would depend.
    int size = Math.max(LEAST_ROWS, Math.min(MOST_ROWS, rows * window.height() / 4));
    int blocks = (rows + size - 1) / size;
    Workers.run(
        (long) window.height() * blocks,
        Workers.ONE_BY_ONE,
        (from, to) -> {
          for (int item = from; item < to; item++) {
            int block = item % blocks;
            int first = rows * block / blocks;
            int last = rows * (block + 1) / blocks;
            cross(Workers.slice(regimes, first, last), x, item / blocks, first);
          }
        });
  }

  private void cross(INDArray regimes, INDArray x, int kernelRow, int first) {
    INDArray sum = Workers.slice(crossed.slice(kernelRow), first, first + (int) regimes.size(0));
    long shift = grid.shift(kernelRow * window.width());
    INDArray here = Products.columns(regimes, 0, x.size(1) - shift);
    INDArray there = Products.columns(x, shift, x.size(1));
    try (INDArray part = Nd4j.createUninitialized(x.dataType(), sum.shape())) {
      Nd4j.gemm(here, there, part, false, true, 1, 0);
      sum.addi(part);
    }
  }

  private void covary(INDArray x, int images) {
    try (INDArray wide = x.castTo(DataType.DOUBLE)) {
      INDArray rows = x.dataType() == DataType.DOUBLE ? x : wide;
      List<int[]> pairs = new ArrayList<>();
      for (int a = 0; a < grid.taps(); a++) {
        for (int b = a; b < grid.taps(); b++) {
          pairs.add(new int[] {a, b});
        }
      }
      // The long products first, so that the threads end together.
      pairs.sort(Comparator.comparing(pair -> !first(pair[0], pair[1])));
      Workers.run(
          pairs.size(),
          Workers.ONE_BY_ONE,
          (from, to) -> pairs.subList(from, to).forEach(pair -> covary(rows, images, pair)));
    }
  }

  private void covary(INDArray rows, int images, int[] pair) {
    int distance = grid.shift(pair[1]) - grid.shift(pair[0]);
    if (first(pair[0], pair[1])) {
      INDArray here = Products.columns(rows, 0, rows.size(1) - distance);
      INDArray there = Products.columns(rows, distance, rows.size(1));
      Nd4j.gemm(here, there, sum(distances, distance), false, true, 1, 1);
    }
    int index = pair[0] * grid.taps() + pair[1];
    int[] surplus = surpluses.get(index);
    if (surplus.length > 0) {
      try (INDArray here = gather(rows, surplus, 0, images);
          INDArray there = gather(rows, surplus, distance, images)) {
        Nd4j.gemm(here, there, sum(borders, index), false, true, 1, 1);
      }
    }
  }

  /** Whether no earlier pair of taps has this distance: the pair begins or ends the kernel. */
  private boolean first(int a, int b) {
    int ay = a / window.width();
    int by = b / window.width();
    int ax = a % window.width();
    int bx = b % window.width();
    return ay == 0 && Math.min(ax, bx) == 0 && by >= ay;
  }

  private INDArray sum(Map<Integer, INDArray> sums, int key) {
    return sums.computeIfAbsent(key, k -> Nd4j.zeros(DataType.DOUBLE, channels, channels));
  }

  private INDArray gather(INDArray rows, int[] places, int shift, int images) {
    INDArray gathered =
        Nd4j.createUninitialized(DataType.DOUBLE, channels, (long) images * places.length);
    DoubleBuffer from = HostMemory.doubles(rows);
    DoubleBuffer to = HostMemory.doubles(gathered);
    for (int i = 0; i < channels * images; i++) {
      int start = i * grid.length() + shift;
      for (int p = 0; p < places.length; p++) {
        to.put(i * places.length + p, from.get(start + places[p]));
      }
    }
    return HostMemory.written(gathered);
  }

  /** What was summed and is not in the layer's sums yet, by name, to go on from exactly here. */
  Map<String, INDArray> state() {
    Map<String, INDArray> state = new LinkedHashMap<>();
    state.put(SIZE, Nd4j.createFromArray((long) grid.height(), (long) grid.width()));
    state.put(CROSSED, crossed);
    distances.forEach((distance, sum) -> state.put(DISTANCE + distance, sum));
    borders.forEach((pair, sum) -> state.put(BORDER + pair, sum));
    return state;
  }

  /** Whether a layer's saved state has that of such sums. */
  static boolean isIn(Map<String, INDArray> state) {
    return state.containsKey(SIZE);
  }

  /** Takes over what {@link #state} gave. */
  void restore(Map<String, INDArray> state) {
    prepare(state.get(SIZE).getInt(0), state.get(SIZE).getInt(1));
    crossed.assign(state.get(CROSSED));
    state.forEach(
        (name, sum) -> {
          if (name.startsWith(DISTANCE)) {
            distances.put(Integer.valueOf(name.substring(DISTANCE.length())), sum);
          } else if (name.startsWith(BORDER)) {
            borders.put(Integer.valueOf(name.substring(BORDER.length())), sum);
          }
        });
  }

  /** Moves what was summed into the layer's sums. */
  void flush(Map<String, INDArray> sums) {
    if (grid == null) {
      return;
    }
    String[] names = {"xz+", "xz-", "xi"};
    for (int part = 0; part < names.length; part++) {
      INDArray sum =
          sums.get(names[part]).reshape(neurons, channels, window.height(), window.width());
      INDArray rows =
          crossed.get(
              NDArrayIndex.all(),
              NDArrayIndex.interval((long) part * neurons, (part + 1L) * neurons),
              NDArrayIndex.all());
      INDArray taps = rows.dup('c').reshape(window.height(), neurons, window.width(), channels);
      sum.addi(taps.permute(1, 3, 0, 2));
    }
    crossed.assign(0);
    if (covariance) {
      flushCovariance(sums.get("xx"));
    }
  }

  private void flushCovariance(INDArray sum) {
    INDArray blocks = sum.reshape(channels, grid.taps(), channels, grid.taps());
    for (int a = 0; a < grid.taps(); a++) {
      for (int b = a; b < grid.taps(); b++) {
        try (INDArray block = distances.get(grid.shift(b) - grid.shift(a)).dup()) {
          INDArray border = borders.get(a * grid.taps() + b);
          if (border != null) {
            block.subi(border);
          }
          block(blocks, a, b).addi(block);
          if (b > a) {
            block(blocks, b, a).addi(block.transpose());
          }
        }
      }
    }
    distances.values().forEach(d -> d.assign(0));
    borders.values().forEach(b -> b.assign(0));
  }

  private static INDArray block(INDArray blocks, int a, int b) {
    return blocks.get(
        NDArrayIndex.all(), NDArrayIndex.point(a), NDArrayIndex.all(), NDArrayIndex.point(b));
  }
}

package org.explain4j.network.moments;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.explain4j.network.Convolution;
import org.explain4j.network.Window;
import org.explain4j.network.arrays.Buffers;
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
 * float64. That of xx' is {@link TapCovariance}.
 */
final class ConvolutionSums {
  private static final long THIN = 32;
  private static final String SIZE = "size";
  private static final String CROSSED = "crossed";

  /** Numbers of one chunk of images, padded: bounds the memory of temporaries (32 MiB). */
  static final long CHUNK = 1L << 23;

  /** Rows of a product at most. Each packs its other factor anew; more rows gain no more. */
  private static final int ROWS = 384;

  /** Products that work is shared out in, which keeps threads busy, if each is long enough. */
  private static final int SHARES = 12;

  /** Places that a product sums over at least. */
  private static final long LONG = 1024;

  private final Window window;
  private final int channels;
  private final int neurons;
  private final boolean covariance;
  private final int blocks; // that the rows of x z+, x z- and x i are cut into
  private final INDArray crossed; // [parts,kh,3k,kw*c]
  private PaddedGrid grid;
  private TapCovariance taps; // null without covariance

  ConvolutionSums(Convolution layer, boolean covariance) {
    this.window = layer.window();
    this.channels = (int) layer.weights().size(1);
    this.neurons = (int) layer.neurons();
    this.covariance = covariance;
    this.blocks = blocks(layer);
    this.crossed =
        Nd4j.zeros(
            DataType.DOUBLE,
            parts(layer),
            window.height(),
            3L * neurons,
            (long) window.width() * channels);
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
        taps.add(Workers.slice(x, 0, channels), to - from);
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
    taps = covariance ? new TapCovariance(grid, channels) : null;
  }

  private static int blocks(Convolution layer) {
    return Math.toIntExact((3 * layer.neurons() + ROWS - 1) / ROWS);
  }

  /** How many parts of the places have sums of their own. */
  static int parts(Convolution layer) {
    int products = layer.window().height() * blocks(layer);
    return (SHARES + products - 1) / products;
  }

  /** Products of one thread each are safe from other load on the machine. */
  private void cross(INDArray regimes, INDArray x) {
    // The same products for any number of threads, on which the last bits would depend.
    int parts = (int) Math.max(1, Math.min(crossed.size(0), x.size(1) / LONG));
    int rows = window.height();
    Workers.run(
        (long) parts * rows * blocks,
        Workers.ONE_BY_ONE,
        (from, to) -> {
          for (int item = from; item < to; item++) {
            int part = item / (rows * blocks);
            int row = item / blocks % rows;
            long shift = grid.shift(row * window.width());
            long places = x.size(1) - shift;
            long start = places * part / parts;
            long end = places * (part + 1) / parts;
            int block = item % blocks;
            int first = 3 * neurons * block / blocks;
            int last = 3 * neurons * (block + 1) / blocks;
            cross(
                Products.columns(Workers.slice(regimes, first, last), start, end),
                Products.columns(x, start + shift, end + shift),
                Workers.slice(crossed.slice(part).slice(row), first, last));
          }
        });
  }

  private static void cross(INDArray here, INDArray there, INDArray sum) {
    try (INDArray part = Nd4j.createUninitialized(here.dataType(), sum.shape())) {
      Products.multiply(here, there, Products.Transposed.SECOND, part, 0);
      sum.addi(part);
    }
  }

  /** What was summed and is not in the layer's sums yet, by name, to go on from exactly here. */
  Map<String, INDArray> state() {
    Map<String, INDArray> state = new LinkedHashMap<>();
    state.put(SIZE, Nd4j.createFromArray((long) grid.height(), (long) grid.width()));
    state.put(CROSSED, crossed);
    if (covariance) {
      state.putAll(taps.state());
    }
    return state;
  }

  /** Whether a layer's saved state has that of such sums. */
  static boolean isIn(Map<String, INDArray> state) {
    return state.containsKey(SIZE);
  }

  /**
   * Takes over what {@link #state} gave.
   *
   * @param file for messages
   * @throws IOException if its sums were cut otherwise
   */
  void restore(Path file, Map<String, INDArray> state) throws IOException {
    LayerSums.requireShape(file, CROSSED, crossed.shape(), state.get(CROSSED));
    prepare(state.get(SIZE).getInt(0), state.get(SIZE).getInt(1));
    crossed.assign(state.get(CROSSED));
    if (covariance) {
      taps.restore(state);
    }
  }

  /** Moves what was summed into the layer's sums. */
  void flush(Map<String, INDArray> sums) {
    if (grid == null) {
      return;
    }
    for (int part = 0; part < SampleSums.PRODUCTS.size(); part++) {
      INDArray sum =
          sums.get(SampleSums.PRODUCTS.get(part))
              .reshape(neurons, channels, window.height(), window.width());
      for (int share = 0; share < crossed.size(0); share++) {
        INDArray rows =
            crossed.get(
                NDArrayIndex.point(share),
                NDArrayIndex.all(),
                NDArrayIndex.interval((long) part * neurons, (part + 1L) * neurons),
                NDArrayIndex.all());
        INDArray taps = rows.dup('c').reshape(window.height(), neurons, window.width(), channels);
        sum.addi(taps.permute(1, 3, 0, 2));
      }
    }
    crossed.assign(0);
    if (covariance) {
      taps.flush(sums.get("xx"));
    }
  }
}

package org.explain4j.network.moments;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.explain4j.network.Convolution;
import org.explain4j.network.Window;
import org.explain4j.network.arrays.Buffers;
import org.explain4j.network.arrays.Products;
import org.explain4j.network.arrays.Workers;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Sums of x z+, x z- and x i of a float32 convolution of 3x3 kernels over all positions, with 2.25
 * times fewer multiplications than {@link ConvolutionSums} ({@link WinogradTiles}). The products'
 * factors are sums of at most four numbers, whose rounding is about twice that of products of the
 * numbers themselves.
 */
final class WinogradSums {
  /** Numbers of the factors that are made at a time (16 MiB), so that a cache holds them. */
  static final long CHUNK = 1L << 22;

  /** Places of a product at most: float32 sums over more round twice as much. */
  private static final long PLACES = 256;

  /** Neurons whose factors are made at a time, at most. */
  static final int NEURONS = 128;

  /** Channels and neurons: fewer save less multiplying than cutting into tiles costs. */
  static final int LEAST = 64;

  private static final int PARTS = SampleSums.PRODUCTS.size();

  private WinogradSums() {}

  /** Whether a layer's sums are made here, and faster so. */
  static boolean serves(Convolution layer, boolean covariance) {
    Window window = layer.window();
    return !covariance
        && layer.weights().dataType() == DataType.FLOAT
        && window.equals(
            Window.square(3).pad(window.top(), window.left(), window.bottom(), window.right()))
        && layer.weights().size(1) >= LEAST
        && layer.neurons() >= LEAST;
  }

  /** Numbers of the factors of one place. */
  static long factors(long channels, long neurons) {
    return WinogradTiles.COMPONENTS * (channels + PARTS * Math.min(neurons, NEURONS));
  }

  /**
   * Adds a batch.
   *
   * @param input {@code [n,c,h,w]}
   * @param output {@code [n,k,oh,ow]}, with bias
   * @param totals what is summed per neuron and per input
   * @param sums of the layer
   */
  static void add(
      Convolution layer,
      INDArray input,
      INDArray output,
      Totals totals,
      Map<String, INDArray> sums) {
    Window window = layer.window();
    totals.inputs(new PaddedGrid(window, (int) input.size(2), (int) input.size(3), false), input);
    WinogradTiles tiles = WinogradTiles.of(window, input, output);
    List<Block> blocks = blocks((int) layer.neurons(), input);
    int lines = Math.toIntExact(input.size(0) * tiles.lines());
    long places = Math.min(PLACES, CHUNK / factors(input.size(1), layer.neurons()));
    int step = (int) Math.max(1, places / tiles.columns());
    for (int from = 0; from < lines; from += step) {
      int to = Math.min(lines, from + step);
      long count = (long) (to - from) * tiles.columns();
      INDArray x = Buffers.uninitialized(input, WinogradTiles.COMPONENTS, input.size(1), count);
      WinogradInputs.write(tiles, input, from, to, x);
      for (Block block : blocks) {
        INDArray regimes =
            Buffers.uninitialized(input, WinogradTiles.COMPONENTS, block.products().size(1), count);
        WinogradRegimes.write(tiles, totals, output, block.from(), block.to(), from, to, regimes);
        multiply(regimes, x, block.products(), from > 0);
        Buffers.release(regimes);
      }
      Buffers.release(x);
    }
    blocks.forEach(block -> block.addTo(sums));
  }

  /**
   * Some neurons' sums of products of factors.
   *
   * @param products {@code [16,3k,c]}
   */
  private record Block(int from, int to, INDArray products) {

    void addTo(Map<String, INDArray> sums) {
      for (int part = 0; part < PARTS; part++) {
        INDArray sum = sums.get(SampleSums.PRODUCTS.get(part));
        WinogradTiles.addTaps(products, part, Workers.slice(sum, from, to));
      }
      Buffers.release(products);
    }
  }

  private static List<Block> blocks(int neurons, INDArray input) {
    int count = (neurons + NEURONS - 1) / NEURONS;
    List<Block> blocks = new ArrayList<>();
    for (int block = 0; block < count; block++) {
      int from = neurons * block / count;
      int to = neurons * (block + 1) / count;
      blocks.add(
          new Block(
              from,
              to,
              Buffers.uninitialized(
                  input, WinogradTiles.COMPONENTS, (long) PARTS * (to - from), input.size(1))));
    }
    return blocks;
  }

  /** The same products for any number of threads, on which the last bits would depend. */
  private static void multiply(INDArray regimes, INDArray x, INDArray product, boolean more) {
    Workers.run(
        WinogradTiles.COMPONENTS,
        Workers.ONE_BY_ONE,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            Products.multiply(
                regimes.slice(i),
                x.slice(i),
                Products.Transposed.SECOND,
                product.slice(i),
                more ? 1 : 0);
          }
        });
  }
}

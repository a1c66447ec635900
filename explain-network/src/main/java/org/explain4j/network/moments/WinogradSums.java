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
 * factors are sums of at most four numbers, and what rounding leaves is as small as of products of
 * the numbers themselves.
 */
final class WinogradSums {
  /** Numbers of the factors that are made at a time (16 MiB), so that a cache holds them. */
  static final long CHUNK = 1L << 22;

  /** Neurons whose factors are made at a time, at most. */
  static final int NEURONS = 128;

  private static final int PARTS = SampleSums.PRODUCTS.size();

  private WinogradSums() {}

  /** Whether a layer's sums are made here. */
  static boolean serves(Convolution layer, boolean covariance) {
    Window window = layer.window();
    return !covariance
        && layer.weights().dataType() == DataType.FLOAT
        && window.equals(
            Window.square(3).pad(window.top(), window.left(), window.bottom(), window.right()))
        && ConvolutionSums.serves(layer, false);
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
    PaddedGrid grid =
        new PaddedGrid(layer.window(), (int) input.size(2), (int) input.size(3), false);
    totals.inputs(grid, input);
    WinogradTiles tiles = WinogradTiles.of(layer.window(), input, output);
    int neurons = (int) layer.neurons();
    int channels = (int) input.size(1);
    int blocks = (neurons + NEURONS - 1) / NEURONS;
    List<INDArray> products = new ArrayList<>();
    for (int block = 0; block < blocks; block++) {
      long rows =
          (long) PARTS * (start(block + 1, blocks, neurons) - start(block, blocks, neurons));
      products.add(Buffers.uninitialized(input, WinogradTiles.COMPONENTS, rows, channels));
    }
    int lines = Math.toIntExact(input.size(0) * tiles.lines());
    int step = (int) Math.max(1, CHUNK / factors(channels, neurons) / tiles.columns());
    for (int from = 0; from < lines; from += step) {
      int to = Math.min(lines, from + step);
      long places = (long) (to - from) * tiles.columns();
      INDArray x = Buffers.uninitialized(input, WinogradTiles.COMPONENTS, channels, places);
      tiles.inputs(input, from, to, x);
      for (int block = 0; block < blocks; block++) {
        INDArray product = products.get(block);
        INDArray regimes =
            Buffers.uninitialized(input, WinogradTiles.COMPONENTS, product.size(1), places);
        tiles.regimes(totals, output, start(block, blocks, neurons), from, to, regimes);
        multiply(regimes, x, product, from > 0);
        Buffers.release(regimes);
      }
      Buffers.release(x);
    }
    for (int block = 0; block < blocks; block++) {
      for (int part = 0; part < PARTS; part++) {
        INDArray sum = sums.get(SampleSums.PRODUCTS.get(part));
        INDArray own =
            Workers.slice(sum, start(block, blocks, neurons), start(block + 1, blocks, neurons));
        WinogradTiles.addTaps(products.get(block), part, own);
      }
      Buffers.release(products.get(block));
    }
  }

  private static int start(int block, int blocks, int neurons) {
    return (int) ((long) neurons * block / blocks);
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

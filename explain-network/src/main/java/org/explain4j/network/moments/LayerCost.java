package org.explain4j.network.moments;

import org.explain4j.network.Convolution;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Window;

/**
 * What the moments of one layer cost to collect, for planning.
 *
 * @param bytes that the sums take while they are collected: {@code 8 d^2} for that of xx' and
 *     {@code 8 k d} for each of the weights and the sums of x z+, x z- and x i; for a convolution
 *     that is summed tap by tap these sums once more
 * @param stored bytes of the sums in a file
 * @param temporary bytes while a batch is added, at most
 * @param singleFlops multiplications and additions per example in the network's type
 * @param doubleFlops likewise in float64
 */
public record LayerCost(
    long bytes, long stored, long temporary, double singleFlops, double doubleFlops) {

  /**
   * Of a layer.
   *
   * @param positions samples that one example has for the layer: output pixels, or 1
   * @param batch examples that are added at a time
   */
  public static LayerCost of(
      LinearLayer layer, long positions, PatchSampling sampling, boolean covariance, long batch) {
    if (layer.groups() > 1) {
      return of(layer.group(0), positions, sampling, covariance, batch).times(layer.groups());
    }
    long products = layer.neurons() * layer.fanIn();
    long squares = layer.fanIn() * layer.fanIn();
    long stored = 8 * (3 * products + (covariance ? squares : 0));
    boolean byTaps =
        sampling.everything()
            && layer instanceof Convolution convolution
            && ConvolutionSums.serves(convolution, covariance);
    if (byTaps && WinogradSums.serves((Convolution) layer, covariance)) {
      return tiled((Convolution) layer, positions);
    }
    if (byTaps) {
      return tapped((Convolution) layer, positions, covariance, batch);
    }
    long samples = sampling.everything() ? positions : Math.min(positions, sampling.perImage());
    long rows = Math.min(SampleSums.rows(layer.fanIn(), layer.neurons()), batch * samples);
    long temporary =
        4 * layer.fanIn() * batch * samples + rows * (8 * layer.fanIn() + 56 * layer.neurons());
    return new LayerCost(
        stored + 8 * products,
        stored,
        temporary,
        0,
        samples * (8.0 * products + (covariance ? 2.0 * squares : 0)));
  }

  /** Of groups one after the other, whose samples may wait for more. */
  private LayerCost times(int groups) {
    return new LayerCost(
        groups * bytes,
        groups * stored,
        groups * temporary,
        groups * singleFlops,
        groups * doubleFlops);
  }

  private static LayerCost tiled(Convolution layer, long positions) {
    long products = layer.neurons() * layer.fanIn();
    long stored = 8 * 3 * products;
    long channels = layer.weights().size(1);
    // One line of tiles at least.
    long line =
        WinogradSums.factors(channels, layer.neurons()) * (long) Math.sqrt((double) positions);
    long sums = 3L * WinogradTiles.COMPONENTS * layer.neurons() * channels;
    return new LayerCost(
        stored + 8 * products,
        stored,
        4 * (Math.max(WinogradSums.CHUNK, line) + sums),
        6.0 * positions * products * WinogradTiles.COMPONENTS / 36,
        0);
  }

  private static LayerCost tapped(
      Convolution layer, long positions, boolean covariance, long batch) {
    Window window = layer.window();
    long products = layer.neurons() * layer.fanIn();
    long stored = 8 * (3 * products + (covariance ? layer.fanIn() * layer.fanIn() : 0));
    long channels = layer.fanIn() / ((long) window.height() * window.width());
    // Of each pair of opposite distances of two taps one is summed.
    long distances = ((2L * window.height() - 1) * (2L * window.width() - 1) + 1) / 2;
    // Twice, as an image's padding may be as large as the image. Chunks are of one image at least.
    long image = 2 * positions * Math.max(window.width() * channels, 3 * layer.neurons());
    long numbers = Math.min(batch * image, Math.max(ConvolutionSums.CHUNK, image));
    long pending = stored + 24L * (ConvolutionSums.parts(layer) - 1) * products;
    return new LayerCost(
        stored + pending + 8 * products,
        stored,
        8 * numbers + (covariance ? 8 * numbers : 0),
        6.0 * positions * products,
        covariance ? 2.0 * positions * channels * channels * distances : 0);
  }
}

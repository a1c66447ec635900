package org.explain4j.network.moments;

import java.util.List;
import org.explain4j.network.Window;
import org.explain4j.network.arrays.Planes;
import org.explain4j.network.arrays.Workers;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Sums over a batch that are not products with x: for each input of a neuron, of x; for each
 * neuron, of z+, z-, i, z+ z+ and z- z-.
 */
final class Totals {
  /** Names of the sums per neuron, in order. */
  static final List<String> OUTPUTS = List.of("z+", "z-", "i", "z+z+", "z-z-");

  private final double[] bias;
  private final double[] inputs; // [c * taps], in the order of the weights
  private final double[][] outputs; // z+, z-, i, z+z+, z-z-

  Totals(double[] bias, int fanIn) {
    this.bias = bias;
    this.inputs = new double[fanIn];
    this.outputs = new double[5][bias.length];
  }

  double[] inputs() {
    return inputs;
  }

  double[][] outputs() {
    return outputs;
  }

  /** Sums every tap's inputs over all positions of a batch. */
  void inputs(PaddedGrid grid, INDArray images) {
    int channels = (int) images.size(1);
    Planes source = Planes.reading(images, grid.height() * grid.width());
    Workers.forEach(
        channels,
        channel -> {
          Planes.Plane plane = source.plane();
          for (int image = 0; image < images.size(0); image++) {
            plane.load(image * channels + channel);
            add(grid, plane, channel * grid.taps());
          }
        });
  }

  /** First the sums of each line at each of the kernel's columns, then their sums over lines. */
  private void add(PaddedGrid grid, Planes.Plane plane, int first) {
    Window window = grid.window();
    for (int column = 0; column < window.width(); column++) {
      double[] lines = new double[grid.height()];
      int start = grid.tapX(column) - window.left();
      int from = start < 0 ? Math.floorMod(start, window.strideX()) : start;
      int to = Math.min(grid.width(), start + grid.outputWidth() * window.strideX());
      for (int y = 0; y < lines.length; y++) {
        double sum = 0;
        for (int x = from; x < to; x += window.strideX()) {
          sum += plane.get(y * grid.width() + x);
        }
        lines[y] = sum;
      }
      for (int row = 0; row < window.height(); row++) {
        int tap = row * window.width() + column;
        for (int p = 0; p < grid.outputHeight(); p++) {
          int y = grid.tapY(tap) - window.top() + p * window.strideY();
          inputs[first + tap] += y >= 0 && y < lines.length ? lines[y] : 0;
        }
      }
    }
  }

  /**
   * Writes z+, z- and i at the place of each window's first tap, as {@code [3k, images * length]},
   * and sums them.
   */
  void regimes(PaddedGrid grid, INDArray outputs, int from, int to, INDArray target) {
    int neurons = bias.length;
    Planes source = Planes.reading(outputs, grid.outputHeight() * grid.outputWidth());
    Planes rows = Planes.writing(target, grid.length());
    int images = to - from;
    Workers.forEach(
        neurons,
        neuron -> {
          Planes.Plane in = source.plane();
          Planes.Plane[] out = {rows.plane(), rows.plane(), rows.plane()};
          for (Planes.Plane plane : out) {
            plane.clear();
          }
          for (int image = 0; image < images; image++) {
            in.load((from + image) * neurons + neuron);
            split(grid, neuron, in, out);
            for (int part = 0; part < out.length; part++) {
              out[part].store((part * neurons + neuron) * images + image);
            }
          }
        });
    rows.written();
  }

  private void split(PaddedGrid grid, int neuron, Planes.Plane in, Planes.Plane[] out) {
    Window window = grid.window();
    double positive = 0;
    double negative = 0;
    double positiveSquares = 0;
    double negativeSquares = 0;
    int active = 0;
    int p = 0;
    for (int y = 0; y < grid.outputHeight(); y++) {
      int place = y * window.strideY() * grid.pitch();
      for (int x = 0; x < grid.outputWidth(); x++, p++, place += window.strideX()) {
        double output = in.get(p);
        double z = output - bias[neuron];
        double plus = output > 0 ? z : 0;
        double minus = z - plus;
        out[0].set(place, plus);
        out[1].set(place, minus);
        out[2].set(place, output > 0 ? 1 : 0);
        positive += plus;
        negative += minus;
        positiveSquares += plus * plus;
        negativeSquares += minus * minus;
        active += output > 0 ? 1 : 0;
      }
    }
    outputs[0][neuron] += positive;
    outputs[1][neuron] += negative;
    outputs[2][neuron] += active;
    outputs[3][neuron] += positiveSquares;
    outputs[4][neuron] += negativeSquares;
  }
}

package org.explain4j.network.moments;

import java.util.List;
import java.util.Map;
import org.explain4j.network.Window;
import org.explain4j.network.arrays.Planes;
import org.explain4j.network.arrays.Workers;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Sums over a batch that are not products with x: for each input of a neuron, of x; for each
 * neuron, of z+, z-, i, z+ z+ and z- z-.
 */
final class Totals {
  /** Names of the sums per neuron, in order. */
  static final List<String> OUTPUTS = List.of("z+", "z-", "i", "z+z+", "z-z-");

  private final double[] bias;
  private final boolean[] mostlyOpen;
  private final double[] inputs; // [c * taps], in the order of the weights
  private final double[][] outputs; // z+, z-, i, z+z+, z-z-

  /**
   * @param output of the batch, {@code [n,k,oh,ow]}, with bias
   */
  Totals(double[] bias, int fanIn, INDArray output) {
    this.bias = bias;
    this.mostlyOpen = mostlyOpen(output);
    this.inputs = new double[fanIn];
    this.outputs = new double[5][bias.length];
  }

  /** Which neurons are open at most samples. */
  private static boolean[] mostlyOpen(INDArray output) {
    int neurons = (int) output.size(1);
    int images = (int) output.size(0);
    int each = (int) (output.size(2) * output.size(3));
    Planes source = Planes.reading(output, each);
    boolean[] most = new boolean[neurons];
    Workers.forEach(
        neurons,
        neuron -> {
          Planes.Plane plane = source.plane();
          long open = 0;
          for (int image = 0; image < images; image++) {
            plane.load(image * neurons + neuron);
            for (int p = 0; p < each; p++) {
              open += plane.get(p) > 0 ? 1 : 0;
            }
          }
          most[neuron] = 2 * open > (long) images * each;
        });
    return most;
  }

  /** Adds what was summed to a layer's sums. */
  void addTo(Map<String, INDArray> sums) {
    try (INDArray x = Nd4j.createFromArray(inputs)) {
      sums.get(LayerSums.INPUTS).addi(x);
      for (int j = 0; j < mostlyOpen.length; j++) {
        if (mostlyOpen[j]) {
          sums.get("xi").getRow(j).addi(x);
        }
      }
    }
    for (int i = 0; i < outputs.length; i++) {
      sums.get(OUTPUTS.get(i)).addi(Nd4j.createFromArray(outputs[i]));
    }
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
        lines[y] = sum(plane, y * grid.width() + from, y * grid.width() + to, window.strideX());
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

  /** Of every step-th number from {@code from} to {@code to}; four sums, of which none waits. */
  private static double sum(Planes.Plane plane, int from, int to, int step) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = from;
    for (; i + 3 * step < to; i += 4 * step) {
      a += plane.get(i);
      b += plane.get(i + step);
      c += plane.get(i + 2 * step);
      d += plane.get(i + 3 * step);
    }
    for (; i < to; i += step) {
      a += plane.get(i);
    }
    return a + b + (c + d);
  }

  /**
   * Writes z+, z- and i at the place of each window's first tap, as {@code [3k, images * length]},
   * and sums them. Where a neuron is mostly open, i - 1 is written in place of i, as x i = x - x (1
   * - i): the sum over the rarer regime would else be what two large sums in the network's type
   * differ by, which is their rounding.
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
    int step = window.strideX() / grid.step();
    for (int y = 0; y < grid.outputHeight(); y++) {
      int place = y * window.strideY() * grid.pitch();
      line(neuron, in, y * grid.outputWidth(), 1, grid.outputWidth(), out, place, step);
    }
  }

  /**
   * Splits outputs of a neuron that lie as many places apart, and sums.
   *
   * @param out where z+, z- and i go, from a place on, so many places apart; of a mostly open
   *     neuron i - 1
   */
  void line(
      int neuron,
      Planes.Plane in,
      int from,
      int every,
      int count,
      Planes.Plane[] out,
      int to,
      int step) {
    double positive = 0;
    double negative = 0;
    double positiveSquares = 0;
    double negativeSquares = 0;
    int active = 0;
    int rest = mostlyOpen[neuron] ? 1 : 0;
    double offset = bias[neuron];
    for (int i = 0, p = from, place = to; i < count; i++, p += every, place += step) {
      double output = in.get(p);
      double z = output - offset;
      // Products, not a choice of ways, which would be guessed wrong half the time.
      int open = output > 0 ? 1 : 0;
      double plus = open * z;
      double minus = z - plus;
      out[0].set(place, plus);
      out[1].set(place, minus);
      out[2].set(place, open - rest);
      positive += plus;
      negative += minus;
      positiveSquares += plus * plus;
      negativeSquares += minus * minus;
      active += open;
    }
    outputs[0][neuron] += positive;
    outputs[1][neuron] += negative;
    outputs[2][neuron] += active;
    outputs[3][neuron] += positiveSquares;
    outputs[4][neuron] += negativeSquares;
  }
}

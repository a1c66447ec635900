package org.explain4j.network.moments;

import java.util.Arrays;
import org.explain4j.network.Window;
import org.explain4j.network.arrays.Planes;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Images of one size cut into tiles for the sums over x y' of a 3x3 convolution, of 2 x 2 outputs
 * and the 4 x 4 inputs that these see. Of a line of 4 inputs d and 2 outputs y the sums at the
 * three taps need four products in place of six (Winograd; Lavin and Gray, "Fast algorithms for
 * convolutional neural networks", 2016, with outputs and kernel exchanged):
 *
 * <pre>
 * m0 = (d0-d2) y0   m1 = (d1+d2) (y0+y1)   m2 = (d2-d1) (y0-y1)   m3 = (d3-d1) y1
 * g0 = m0 + (m1+m2)/2   g1 = (m1-m2)/2   g2 = (m1+m2)/2 + m3
 * </pre>
 *
 * <p>Along lines and across them 16 products of a tile stand in place of 36. The last step is the
 * same for all tiles, and therefore done once, on their sum.
 *
 * @param height of the inputs
 * @param columns tiles of a line
 * @param lines of tiles, of an image
 */
record WinogradTiles(
    Window window,
    int height,
    int width,
    int outputHeight,
    int outputWidth,
    int columns,
    int lines) {
  /** Products of a tile. */
  static final int COMPONENTS = 16;

  /** Components along a line, of which each has as many across. */
  static final int SIDE = 4;

  private static final int TAPS = 3;

  static WinogradTiles of(Window window, INDArray input, INDArray output) {
    int outputHeight = (int) output.size(2);
    int outputWidth = (int) output.size(3);
    return new WinogradTiles(
        window,
        (int) input.size(2),
        (int) input.size(3),
        outputHeight,
        outputWidth,
        (outputWidth + 1) / 2,
        (outputHeight + 1) / 2);
  }

  /** The image of a line of tiles, which are numbered image by image. */
  int image(int line) {
    return line / lines;
  }

  /** The first of its two lines of outputs. */
  int firstOutput(int line) {
    return 2 * (line % lines);
  }

  static Planes.Plane[] planes(Planes rows, float[][] places) {
    return Arrays.stream(places).map(rows::plane).toArray(Planes.Plane[]::new);
  }

  static void add(float[] a, int i, float[] b, int j, float[] sum, int to, int count) {
    for (int n = 0; n < count; n++) {
      sum[to + n] = a[i + n] + b[j + n];
    }
  }

  static void subtract(float[] a, int i, float[] b, int j, float[] difference, int to, int count) {
    for (int n = 0; n < count; n++) {
      difference[to + n] = a[i + n] - b[j + n];
    }
  }

  /**
   * Adds the sums at the nine taps that follow from the sums of the products.
   *
   * @param products {@code [16,3k,c]}
   * @param part z+, z- or i
   * @param sum of the neurons, {@code [k,9c]} float64
   */
  static void addTaps(INDArray products, int part, INDArray sum) {
    int neurons = (int) sum.size(0);
    int channels = (int) products.size(2);
    int rows = (int) products.size(1);
    Planes source = Planes.reading(products, channels);
    Planes target = Planes.writing(sum, channels * TAPS * TAPS);
    target.inParallel(
        (from, to) -> {
          Planes.Plane[] in = new Planes.Plane[COMPONENTS];
          Arrays.setAll(in, component -> source.plane());
          Planes.Plane out = target.plane();
          double[] m = new double[COMPONENTS];
          double[] across = new double[TAPS * SIDE];
          double[] g = new double[TAPS * TAPS];
          for (int neuron = from; neuron < to; neuron++) {
            for (int component = 0; component < COMPONENTS; component++) {
              in[component].load(component * rows + part * neurons + neuron);
            }
            out.load(neuron);
            for (int channel = 0; channel < channels; channel++) {
              for (int i = 0; i < m.length; i++) {
                m[i] = in[i].get(channel);
              }
              for (int j = 0; j < SIDE; j++) {
                taps(m, j, SIDE, across, j, SIDE);
              }
              for (int row = 0; row < TAPS; row++) {
                taps(across, row * SIDE, 1, g, row * TAPS, 1);
              }
              int first = channel * g.length;
              for (int tap = 0; tap < g.length; tap++) {
                out.set(first + tap, out.get(first + tap) + g[tap]);
              }
            }
            out.store(neuron);
          }
        });
    target.written();
  }

  private static void taps(double[] m, int from, int step, double[] g, int to, int stride) {
    double even = (m[from + step] + m[from + 2 * step]) / 2;
    g[to] = m[from] + even;
    g[to + stride] = (m[from + step] - m[from + 2 * step]) / 2;
    g[to + 2 * stride] = even + m[from + 3 * step];
  }
}

package org.explain4j.network.moments;

import java.util.Arrays;
import org.explain4j.network.Window;
import org.explain4j.network.arrays.Planes;
import org.explain4j.network.arrays.Workers;
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
  private static final int SIDE = 4;

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

  /**
   * The inputs' factors of lines of tiles, which are numbered image by image.
   *
   * @param target {@code [16,c,lines * columns]}
   */
  void inputs(INDArray images, int from, int to, INDArray target) {
    int channels = (int) images.size(1);
    int places = (to - from) * columns;
    Planes source = Planes.reading(images, width);
    Planes rows = Planes.writing(target, places);
    Workers.run(
        channels,
        (long) COMPONENTS * places,
        (first, last) -> {
          float[] line = new float[width];
          Planes.Plane in = source.plane(line);
          float[] padded = new float[2 * columns + 2];
          float[][] along = new float[SIDE][SIDE * columns];
          float[][] tiles = new float[COMPONENTS][places];
          Planes.Plane[] out = planes(rows, tiles);
          for (int channel = first; channel < last; channel++) {
            for (int tile = from; tile < to; tile++) {
              int image = tile / lines;
              int top = 2 * (tile % lines) - window.top();
              for (int row = 0; row < SIDE; row++) {
                int y = top + row;
                if (y < 0 || y >= height) {
                  Arrays.fill(along[row], 0);
                } else {
                  in.load((image * channels + channel) * height + y);
                  inputsAlong(line, padded, along[row]);
                }
              }
              inputsAcross(along, tiles, (tile - from) * columns);
            }
            for (int component = 0; component < COMPONENTS; component++) {
              out[component].store(component * channels + channel);
            }
          }
        });
    rows.written();
  }

  private static Planes.Plane[] planes(Planes rows, float[][] places) {
    return Arrays.stream(places).map(rows::plane).toArray(Planes.Plane[]::new);
  }

  /** The four components of each tile's inputs in one line of the image, all first ones first. */
  private void inputsAlong(float[] line, float[] padded, float[] target) {
    int left = window.left();
    System.arraycopy(line, 0, padded, left, Math.max(0, Math.min(width, padded.length - left)));
    float[] even = new float[columns + 1];
    float[] odd = new float[columns + 1];
    for (int i = 0; i <= columns; i++) {
      even[i] = padded[2 * i];
      odd[i] = padded[2 * i + 1];
    }
    subtract(even, 0, even, 1, target, 0, columns);
    add(odd, 0, even, 1, target, columns, columns);
    subtract(even, 1, odd, 0, target, 2 * columns, columns);
    subtract(odd, 1, odd, 0, target, 3 * columns, columns);
  }

  private void inputsAcross(float[][] along, float[][] tiles, int start) {
    for (int j = 0; j < SIDE; j++) {
      int from = j * columns;
      subtract(along[0], from, along[2], from, tiles[j], start, columns);
      add(along[1], from, along[2], from, tiles[SIDE + j], start, columns);
      subtract(along[2], from, along[1], from, tiles[2 * SIDE + j], start, columns);
      subtract(along[3], from, along[1], from, tiles[3 * SIDE + j], start, columns);
    }
  }

  private static void add(float[] a, int i, float[] b, int j, float[] sum, int to, int count) {
    for (int n = 0; n < count; n++) {
      sum[to + n] = a[i + n] + b[j + n];
    }
  }

  private static void subtract(
      float[] a, int i, float[] b, int j, float[] difference, int to, int count) {
    for (int n = 0; n < count; n++) {
      difference[to + n] = a[i + n] - b[j + n];
    }
  }

  /**
   * The factors of z+, z- and i (see {@link Totals#line}) of some neurons in lines of tiles, and
   * their sums.
   *
   * @param first of the neurons
   * @param target {@code [16,3k,lines * columns]}
   */
  void regimes(Totals totals, INDArray outputs, int first, int from, int to, INDArray target) {
    int all = (int) outputs.size(1);
    int parts = SampleSums.PRODUCTS.size();
    int neurons = (int) target.size(1) / parts;
    int places = (to - from) * columns;
    Planes source = Planes.reading(outputs, outputWidth);
    Planes rows = Planes.writing(target, places);
    Workers.run(
        neurons,
        (long) parts * COMPONENTS * places,
        (start, end) -> {
          Planes.Plane in = source.plane();
          float[][][] pair =
              new float[2][parts][2 * columns]; // lines of outputs, the even ones first
          Planes.Plane[][] split = {planes(source, pair[0]), planes(source, pair[1])};
          float[][] tiles = new float[parts * COMPONENTS][places];
          Planes.Plane[] out = planes(rows, tiles);
          float[] along = new float[2 * SIDE * columns];
          for (int neuron = start; neuron < end; neuron++) {
            for (int tile = from; tile < to; tile++) {
              int image = tile / lines;
              for (int row = 0; row < 2; row++) {
                int y = 2 * (tile % lines) + row;
                if (y < outputHeight) {
                  in.load((image * all + first + neuron) * outputHeight + y);
                  int half = outputWidth / 2;
                  totals.line(first + neuron, in, 0, 2, outputWidth - half, split[row], 0, 1);
                  totals.line(first + neuron, in, 1, 2, half, split[row], columns, 1);
                } else {
                  Arrays.stream(split[row]).forEach(Planes.Plane::clear);
                }
              }
              for (int part = 0; part < parts; part++) {
                outputs(
                    pair[0][part],
                    pair[1][part],
                    along,
                    tiles,
                    part * COMPONENTS,
                    (tile - from) * columns);
              }
            }
            for (int i = 0; i < out.length; i++) {
              int part = i / COMPONENTS;
              int row = i % COMPONENTS * parts + part;
              out[i].store(row * neurons + neuron);
            }
          }
        });
    rows.written();
  }

  private void outputs(
      float[] above, float[] below, float[] along, float[][] tiles, int first, int start) {
    int size = SIDE * columns;
    outputsAlong(above, along, 0);
    outputsAlong(below, along, size);
    for (int j = 0; j < SIDE; j++) {
      int a = j * columns;
      int b = size + a;
      System.arraycopy(along, a, tiles[first + j], start, columns);
      add(along, a, along, b, tiles[first + SIDE + j], start, columns);
      subtract(along, a, along, b, tiles[first + 2 * SIDE + j], start, columns);
      System.arraycopy(along, b, tiles[first + 3 * SIDE + j], start, columns);
    }
  }

  private void outputsAlong(float[] line, float[] target, int to) {
    System.arraycopy(line, 0, target, to, columns);
    add(line, 0, line, columns, target, to + columns, columns);
    subtract(line, 0, line, columns, target, to + 2 * columns, columns);
    System.arraycopy(line, columns, target, to + 3 * columns, columns);
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

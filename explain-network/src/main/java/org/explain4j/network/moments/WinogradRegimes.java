package org.explain4j.network.moments;

import java.util.Arrays;
import org.explain4j.network.arrays.Planes;
import org.explain4j.network.arrays.Workers;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The outputs' factors of some lines of tiles, neuron by neuron: of z+, z- and i (see {@link
 * Totals#line}), which are summed meanwhile; for one thread.
 */
final class WinogradRegimes {
  private static final int SIDE = WinogradTiles.SIDE;
  private static final int PARTS = SampleSums.PRODUCTS.size();

  private final WinogradTiles tiles;
  private final Totals totals;
  private final Planes.Plane in;
  private final float[][][] pair; // lines of z+, z- and i, each with its even places first
  private final Planes.Plane[][] split;
  private final float[] along; // of both lines, each with all its first components first
  private final float[][] factors;
  private final Planes.Plane[] out;

  private WinogradRegimes(
      WinogradTiles tiles, Totals totals, Planes source, Planes target, int places) {
    this.tiles = tiles;
    this.totals = totals;
    int columns = tiles.columns();
    in = source.plane();
    pair = new float[2][PARTS][2 * columns];
    split =
        new Planes.Plane[][] {
          WinogradTiles.planes(source, pair[0]), WinogradTiles.planes(source, pair[1])
        };
    along = new float[2 * SIDE * columns];
    factors = new float[PARTS * WinogradTiles.COMPONENTS][places];
    out = WinogradTiles.planes(target, factors);
  }

  /**
   * @param neurons the first of the neurons
   * @param end behind the last one
   * @param from of the lines of tiles, which are numbered image by image
   * @param target {@code [16,3k,lines * columns]}
   */
  static void write(
      WinogradTiles tiles,
      Totals totals,
      INDArray outputs,
      int neurons,
      int end,
      int from,
      int to,
      INDArray target) {
    int all = (int) outputs.size(1);
    int count = end - neurons;
    int places = (to - from) * tiles.columns();
    Planes source = Planes.reading(outputs, tiles.outputWidth());
    Planes rows = Planes.writing(target, places);
    Workers.run(
        count,
        (long) PARTS * WinogradTiles.COMPONENTS * places,
        (first, last) -> {
          WinogradRegimes regimes = new WinogradRegimes(tiles, totals, source, rows, places);
          for (int i = first; i < last; i++) {
            int neuron = neurons + i;
            for (int line = from; line < to; line++) {
              int plane = tiles.image(line) * all + neuron;
              int start = (line - from) * tiles.columns();
              regimes.line(neuron, plane, tiles.firstOutput(line), start);
            }
            regimes.store(i, count);
          }
        });
    rows.written();
  }

  private void line(int neuron, int plane, int output, int start) {
    int half = tiles.outputWidth() / 2;
    for (int row = 0; row < 2; row++) {
      if (output + row < tiles.outputHeight()) {
        in.load(plane * tiles.outputHeight() + output + row);
        totals.line(neuron, in, 0, 2, tiles.outputWidth() - half, split[row], 0, 1);
        totals.line(neuron, in, 1, 2, half, split[row], tiles.columns(), 1);
      } else {
        Arrays.stream(split[row]).forEach(Planes.Plane::clear);
      }
    }
    for (int part = 0; part < PARTS; part++) {
      across(part, start);
    }
  }

  private void across(int part, int start) {
    int columns = tiles.columns();
    int below = SIDE * columns;
    along(pair[0][part], 0);
    along(pair[1][part], below);
    int first = part * WinogradTiles.COMPONENTS;
    for (int j = 0; j < SIDE; j++) {
      int a = j * columns;
      int b = below + a;
      System.arraycopy(along, a, factors[first + j], start, columns);
      WinogradTiles.add(along, a, along, b, factors[first + SIDE + j], start, columns);
      WinogradTiles.subtract(along, a, along, b, factors[first + 2 * SIDE + j], start, columns);
      System.arraycopy(along, b, factors[first + 3 * SIDE + j], start, columns);
    }
  }

  private void along(float[] line, int to) {
    int columns = tiles.columns();
    System.arraycopy(line, 0, along, to, columns);
    WinogradTiles.add(line, 0, line, columns, along, to + columns, columns);
    WinogradTiles.subtract(line, 0, line, columns, along, to + 2 * columns, columns);
    System.arraycopy(line, columns, along, to + 3 * columns, columns);
  }

  private void store(int neuron, int neurons) {
    for (int i = 0; i < out.length; i++) {
      int part = i / WinogradTiles.COMPONENTS;
      int component = i % WinogradTiles.COMPONENTS;
      out[i].store((component * PARTS + part) * neurons + neuron);
    }
  }
}

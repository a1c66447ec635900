package org.explain4j.network.moments;

import java.util.Arrays;
import org.explain4j.network.arrays.Planes;
import org.explain4j.network.arrays.Workers;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The inputs' factors of some lines of tiles, channel by channel; for one thread. */
final class WinogradInputs {
  private static final int SIDE = WinogradTiles.SIDE;

  private final WinogradTiles tiles;
  private final Planes.Plane in;
  private final float[] line;
  private final float[] padded;
  private final float[] even;
  private final float[] odd;
  private final float[][]
      along; // four lines of the image, each with all its first components first
  private final float[][] factors;
  private final Planes.Plane[] out;

  private WinogradInputs(WinogradTiles tiles, Planes source, Planes target, int places) {
    this.tiles = tiles;
    int columns = tiles.columns();
    line = new float[tiles.width()];
    in = source.plane(line);
    padded = new float[2 * columns + 2];
    even = new float[columns + 1];
    odd = new float[columns + 1];
    along = new float[SIDE][SIDE * columns];
    factors = new float[WinogradTiles.COMPONENTS][places];
    out = WinogradTiles.planes(target, factors);
  }

  /**
   * @param from of the lines of tiles, which are numbered image by image
   * @param target {@code [16,c,lines * columns]}
   */
  static void write(WinogradTiles tiles, INDArray images, int from, int to, INDArray target) {
    int channels = (int) images.size(1);
    int places = (to - from) * tiles.columns();
    Planes source = Planes.reading(images, tiles.width());
    Planes rows = Planes.writing(target, places);
    Workers.run(
        channels,
        (long) WinogradTiles.COMPONENTS * places,
        (first, last) -> {
          WinogradInputs inputs = new WinogradInputs(tiles, source, rows, places);
          for (int channel = first; channel < last; channel++) {
            for (int line = from; line < to; line++) {
              int plane = tiles.image(line) * channels + channel;
              inputs.line(plane, tiles.firstOutput(line), (line - from) * tiles.columns());
            }
            for (int component = 0; component < inputs.out.length; component++) {
              inputs.out[component].store(component * channels + channel);
            }
          }
        });
    rows.written();
  }

  private void line(int plane, int output, int start) {
    for (int row = 0; row < SIDE; row++) {
      int y = output - tiles.window().top() + row;
      if (y < 0 || y >= tiles.height()) {
        Arrays.fill(along[row], 0);
      } else {
        in.load(plane * tiles.height() + y);
        along(along[row]);
      }
    }
    int columns = tiles.columns();
    for (int j = 0; j < SIDE; j++) {
      int from = j * columns;
      WinogradTiles.subtract(along[0], from, along[2], from, factors[j], start, columns);
      WinogradTiles.add(along[1], from, along[2], from, factors[SIDE + j], start, columns);
      WinogradTiles.subtract(along[2], from, along[1], from, factors[2 * SIDE + j], start, columns);
      WinogradTiles.subtract(along[3], from, along[1], from, factors[3 * SIDE + j], start, columns);
    }
  }

  private void along(float[] target) {
    int left = tiles.window().left();
    int columns = tiles.columns();
    int count = Math.max(0, Math.min(line.length, padded.length - left));
    System.arraycopy(line, 0, padded, left, count);
    for (int i = 0; i <= columns; i++) {
      even[i] = padded[2 * i];
      odd[i] = padded[2 * i + 1];
    }
    WinogradTiles.subtract(even, 0, even, 1, target, 0, columns);
    WinogradTiles.add(odd, 0, even, 1, target, columns, columns);
    WinogradTiles.subtract(even, 1, odd, 0, target, 2 * columns, columns);
    WinogradTiles.subtract(odd, 1, odd, 0, target, 3 * columns, columns);
  }
}

package org.explain4j.datasets.mosaics;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.explain4j.api.Split;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Mosaics, made when they are asked for. A tile's pixel is the mean of the image's over the pixel's
 * area.
 *
 * @param of the images that they are made of
 * @param shape of an image and of a mosaic, {@code [c,h,w]}
 */
record MosaicSplit(Split of, List<Long> shape, List<Tiles> mosaics) implements Split {

  @Override
  public int size() {
    return mosaics.size();
  }

  private Tiles mosaic(int index) {
    if (index < 0 || index >= mosaics.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "There is no mosaic %d: there are %d, counted from 0.",
              index,
              mosaics.size()));
    }
    return mosaics.get(index);
  }

  @Override
  public INDArray inputs(int... indices) {
    int channels = size(0);
    INDArray all = Nd4j.create(DataType.FLOAT, indices.length, channels, size(1), size(2));
    for (int i = 0; i < indices.length; i++) {
      int[] sources = mosaic(indices[i]).sources();
      for (int tile = 0; tile < 4; tile++) {
        try (INDArray image = of.inputs(sources[tile])) {
          float[] pixels = image.dup('c').data().asFloat();
          for (int c = 0; c < channels; c++) {
            paste(all, new int[] {i, c}, tile, pixels);
          }
        }
      }
    }
    return all;
  }

  private int size(int axis) {
    return shape.get(axis).intValue();
  }

  /** The first row or column of a lower or right tile. */
  private int middle(int axis) {
    return size(axis) / 2;
  }

  /**
   * @param place of the mosaic in the batch, and its channel
   */
  private void paste(INDArray mosaics, int[] place, int tile, float... pixels) {
    int top = tile < 2 ? 0 : middle(1);
    int left = tile % 2 == 0 ? 0 : middle(2);
    int height = tile < 2 ? middle(1) : size(1) - middle(1);
    int width = tile % 2 == 0 ? middle(2) : size(2) - middle(2);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double[] rows = {(double) y * size(1) / height, (y + 1.0) * size(1) / height};
        double[] columns = {(double) x * size(2) / width, (x + 1.0) * size(2) / width};
        int offset = place[1] * size(1) * size(2);
        mosaics.putScalar(
            new int[] {place[0], place[1], top + y, left + x}, mean(pixels, offset, rows, columns));
      }
    }
  }

  /** The mean over an area in pixels, from and to; pixels at the edges count by their share. */
  private double mean(float[] pixels, int offset, double[] rows, double[] columns) {
    double sum = 0;
    double area = 0;
    for (int y = (int) rows[0]; y < Math.min(size(1), Math.ceil(rows[1])); y++) {
      double high = Math.min(rows[1], y + 1.0) - Math.max(rows[0], y);
      for (int x = (int) columns[0]; x < Math.min(size(2), Math.ceil(columns[1])); x++) {
        double share = high * (Math.min(columns[1], x + 1.0) - Math.max(columns[0], x));
        sum += share * pixels[offset + y * size(2) + x];
        area += share;
      }
    }
    return sum / area;
  }

  @Override
  public int[] labels(int... indices) {
    return of.labels(IntStream.of(indices).map(index -> mosaic(index).target()).toArray());
  }

  @Override
  public Optional<INDArray> masks(int... indices) {
    INDArray masks = Nd4j.create(DataType.FLOAT, indices.length, size(1), size(2));
    for (int i = 0; i < indices.length; i++) {
      boolean[] inside = mosaic(indices[i]).isTarget();
      for (int y = 0; y < size(1); y++) {
        for (int x = 0; x < size(2); x++) {
          int tile = (y < middle(1) ? 0 : 2) + (x < middle(2) ? 0 : 1);
          masks.putScalar(new int[] {i, y, x}, inside[tile] ? 1 : 0);
        }
      }
    }
    return Optional.of(masks);
  }

  @Override
  public String name(int index) {
    int[] sources = mosaic(index).sources();
    return "mosaic of " + String.join(", ", IntStream.of(sources).mapToObj(of::name).toList());
  }
}

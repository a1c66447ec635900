package org.explain4j.methods.images;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.explain4j.network.arrays.AxisTaps;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A linear map of images {@code [n,c,h,w]} to {@code [n,c,h',w']} that treats rows and columns
 * separately, such as enlarging and blurring.
 *
 * @param rows {@code [h,h']}
 * @param columns {@code [w,w']}
 */
public record SeparableMap(INDArray rows, INDArray columns) {

  /** Bilinear interpolation, with pixel centres at half-integers and edge pixels repeated. */
  public static SeparableMap bilinear(
      int height, int width, int newHeight, int newWidth, DataType type) {
    return new SeparableMap(
        interpolation(height, newHeight).castTo(type), interpolation(width, newWidth).castTo(type));
  }

  /**
   * Gaussian blur whose weights sum to 1 even at the edges.
   *
   * @param deviation of the Gaussian in pixels
   */
  public static SeparableMap blur(int height, int width, double deviation, DataType type) {
    return new SeparableMap(
        gaussian(height, deviation).castTo(type), gaussian(width, deviation).castTo(type));
  }

  /** The map itself; {@code [n,c,h,w]} to {@code [n,c,h',w']}. */
  public INDArray apply(INDArray images) {
    return along(along(images, columns), rows);
  }

  /** Its adjoint, which takes gradients back; {@code [n,c,h',w']} to {@code [n,c,h,w]}. */
  public INDArray adjoint(INDArray gradients) {
    return along(along(gradients, columns.transpose()), rows.transpose());
  }

  /** Maps the last dimension and exchanges the last two. */
  private static INDArray along(INDArray images, INDArray map) {
    long[] shape = images.shape();
    INDArray lines = images.reshape('c', shape[0] * shape[1] * shape[2], shape[3]);
    try (INDArray mapped = lines.mmul(map)) {
      INDArray all = mapped.dup('c').reshape('c', shape[0], shape[1], shape[2], map.size(1));
      return all.permute(0, 1, 3, 2).dup('c');
    }
  }

  private static INDArray interpolation(int size, int newSize) {
    double[] places = new double[newSize];
    Arrays.setAll(places, i -> (i + 0.5) * size / newSize - 0.5);
    AxisTaps taps = AxisTaps.linear(places, size);
    INDArray map = Nd4j.zeros(DataType.DOUBLE, size, newSize);
    for (int i = 0; i < newSize; i++) {
      int upper = taps.upper()[i];
      map.putScalar(taps.lower()[i], i, 1 - taps.share()[i]);
      map.putScalar(upper, i, map.getDouble(upper, i) + taps.share()[i]);
    }
    return map;
  }

  private static INDArray gaussian(int size, double deviation) {
    IntToDoubleFunction weight = d -> Math.exp(-d * (double) d / (2 * deviation * deviation));
    INDArray map = Nd4j.zeros(DataType.DOUBLE, size, size);
    for (int i = 0; i < size; i++) {
      double sum = 0;
      for (int j = 0; j < size; j++) {
        sum += weight.applyAsDouble(i - j);
      }
      for (int j = 0; j < size; j++) {
        map.putScalar(j, i, weight.applyAsDouble(i - j) / sum);
      }
    }
    return map;
  }
}

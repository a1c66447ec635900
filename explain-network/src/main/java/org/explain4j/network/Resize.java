package org.explain4j.network;

import java.util.List;
import java.util.Locale;
import org.explain4j.network.arrays.AxisTaps;
import org.explain4j.network.kernels.ResizeKernels;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Another image size: each new pixel is the nearest old one or, bilinear, a mean of up to four. The
 * terms are those of ONNX's Resize. Pixels beyond the edge are those at the edge.
 *
 * @param height new height in pixels
 * @param width new width in pixels
 * @param scaleY new over old height, which coordinates are divided by; not always the sizes' ratio
 * @param scaleX likewise
 */
public record Resize(
    long height, long width, double scaleY, double scaleX, Mode mode, Coordinates coordinates)
    implements UnaryLayer {

  /** How old pixels give a new one. */
  public enum Mode {
    /** The nearest to the lower side. */
    FLOOR,
    /** The nearest to the upper side. */
    CEIL,
    /** The nearest; of two the lower one. */
    ROUND_PREFER_FLOOR,
    /** The nearest; of two the upper one. */
    ROUND_PREFER_CEIL,
    /** Bilinear: both neighbours by their nearness, in each direction. */
    LINEAR
  }

  /** Where a new pixel's place lies in the old image. */
  public enum Coordinates {
    /** {@code x / scale}. */
    ASYMMETRIC,
    /** {@code (x + 1/2) / scale - 1/2}. */
    HALF_PIXEL,
    /** Likewise, but 0 for a new size of 1. */
    PYTORCH_HALF_PIXEL,
    /** {@code (x + 1/2) / scale}: TensorFlow's for the nearest pixel. */
    TF_HALF_PIXEL_FOR_NN,
    /** Corners stay corners. */
    ALIGN_CORNERS
  }

  public Resize {
    if (height < 1 || width < 1 || !(scaleY > 0 && scaleX > 0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The new size %dx%d and the scales %s and %s must be positive.",
              height,
              width,
              scaleY,
              scaleX));
    }
  }

  /** Each pixel repeated: the nearest, with whole-numbered factors. */
  public static Resize repeat(List<Long> shape, int y, int x) {
    Shapes.requireImage("An upsampling", shape);
    return new Resize(shape.get(1) * y, shape.get(2) * x, y, x, Mode.FLOOR, Coordinates.ASYMMETRIC);
  }

  /**
   * To a given size, with the sizes' ratios as scales.
   *
   * @param shape of the old image, {@code [c,h,w]}
   */
  public static Resize to(
      List<Long> shape, long height, long width, Mode mode, Coordinates coordinates) {
    Shapes.requireImage("A resize", shape);
    double scaleY = (double) height / shape.get(1);
    double scaleX = (double) width / shape.get(2);
    return new Resize(height, width, scaleY, scaleX, mode, coordinates);
  }

  @Override
  public LayerKind kind() {
    return LayerKind.AVERAGE_POOL;
  }

  @Override
  public List<Long> outputShapeOf(List<Long> input) {
    Shapes.requireImage("A resize", input);
    return List.of(input.get(0), height, width);
  }

  @Override
  public INDArray forward(INDArray input) {
    return ResizeKernels.resize(
        input, taps(height, input.size(2), scaleY), taps(width, input.size(3), scaleX));
  }

  @Override
  public INDArray backward(INDArray input, INDArray output, INDArray gradient) {
    return ResizeKernels.transposed(
        gradient, taps(height, input.size(2), scaleY), taps(width, input.size(3), scaleX));
  }

  private AxisTaps taps(long size, long from, double scale) {
    double[] places = new double[Math.toIntExact(size)];
    for (int i = 0; i < places.length; i++) {
      places[i] = place(i, size, from, scale);
    }
    return switch (mode) {
      case LINEAR -> AxisTaps.linear(places, Math.toIntExact(from));
      case FLOOR -> AxisTaps.nearest(places, Math.toIntExact(from), Math::floor);
      case CEIL -> AxisTaps.nearest(places, Math.toIntExact(from), Math::ceil);
      case ROUND_PREFER_FLOOR ->
          AxisTaps.nearest(places, Math.toIntExact(from), x -> Math.ceil(x - 0.5));
      case ROUND_PREFER_CEIL ->
          AxisTaps.nearest(places, Math.toIntExact(from), x -> Math.floor(x + 0.5));
    };
  }

  private double place(int i, long size, long from, double scale) {
    return switch (coordinates) {
      case ASYMMETRIC -> i / scale;
      case HALF_PIXEL -> (i + 0.5) / scale - 0.5;
      case PYTORCH_HALF_PIXEL -> size > 1 ? (i + 0.5) / scale - 0.5 : 0;
      case TF_HALF_PIXEL_FOR_NN -> (i + 0.5) / scale;
      case ALIGN_CORNERS -> size > 1 ? i * (from - 1.0) / (size - 1.0) : 0;
    };
  }
}

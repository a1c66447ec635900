package org.explain4j.network;

import java.util.Locale;
import org.explain4j.network.onednn.Geometry;

/**
 * Geometry of a sliding window: kernel, stride, zero padding on each side and dilation, all in
 * pixels and &gt;= 1 (padding &gt;= 0). Start from {@link #of(int, int)} or {@link #square(int)}.
 */
public record Window(
    int height,
    int width,
    int strideY,
    int strideX,
    int top,
    int left,
    int bottom,
    int right,
    int dilationY,
    int dilationX) {

  public Window {
    if (height < 1 || width < 1 || strideY < 1 || strideX < 1 || dilationY < 1 || dilationX < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Kernel %dx%d, stride %dx%d and dilation %dx%d must all be at least 1.",
              height,
              width,
              strideY,
              strideX,
              dilationY,
              dilationX));
    }
    if (top < 0 || left < 0 || bottom < 0 || right < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Padding [top %d, left %d, bottom %d, right %d] must not be negative.",
              top,
              left,
              bottom,
              right));
    }
    dilationY = height == 1 ? 1 : dilationY; // a single tap has no gap beside it
    dilationX = width == 1 ? 1 : dilationX;
  }

  /** A window of stride 1 without padding. */
  public static Window of(int height, int width) {
    return new Window(height, width, 1, 1, 0, 0, 0, 0, 1, 1);
  }

  /** A square window of stride 1 without padding. */
  public static Window square(int size) {
    return of(size, size);
  }

  /** The same window with this stride in both directions. */
  public Window stride(int stride) {
    return stride(stride, stride);
  }

  public Window stride(int y, int x) {
    return new Window(height, width, y, x, top, left, bottom, right, dilationY, dilationX);
  }

  /** The same window with this padding on all four sides. */
  public Window pad(int pad) {
    return pad(pad, pad, pad, pad);
  }

  public Window pad(int top, int left, int bottom, int right) {
    return new Window(
        height, width, strideY, strideX, top, left, bottom, right, dilationY, dilationX);
  }

  public Window dilation(int y, int x) {
    return new Window(height, width, strideY, strideX, top, left, bottom, right, y, x);
  }

  /** The undilated window that spans the same pixels. */
  public Window dense() {
    return new Window(extentY(), extentX(), strideY, strideX, top, left, bottom, right, 1, 1);
  }

  /**
   * The padding that TensorFlow, Keras and ONNX call "same": output = ceil(input / stride), the odd
   * pixel at the bottom and right.
   */
  public Window same(long inputHeight, long inputWidth) {
    int y = samePadding(inputHeight, extentY(), strideY);
    int x = samePadding(inputWidth, extentX(), strideX);
    return pad(y / 2, x / 2, y - y / 2, x - x / 2);
  }

  private static int samePadding(long size, int extent, int stride) {
    long output = (size + stride - 1) / stride;
    return (int) Math.max(0, (output - 1) * stride + extent - size);
  }

  /** Rows of the image that one window spans, dilation included. */
  public int extentY() {
    return (height - 1) * dilationY + 1;
  }

  /** Columns of the image that one window spans, dilation included. */
  public int extentX() {
    return (width - 1) * dilationX + 1;
  }

  /** As oneDNN takes it. */
  public Geometry geometry() {
    return geometry(bottom, right);
  }

  /** The same where a last window may hang over the edge, images {@code [n,c,h,w]}. */
  public Geometry geometry(long[] input, long[] output) {
    long overBottom = (output[2] - 1) * strideY + extentY() - input[2] - top;
    long overRight = (output[3] - 1) * strideX + extentX() - input[3] - left;
    return geometry(Math.max(bottom, overBottom), Math.max(right, overRight));
  }

  private Geometry geometry(long below, long beside) {
    return new Geometry(
        new long[] {height, width},
        new long[] {strideY, strideX},
        new long[] {dilationY, dilationX},
        new long[] {top, left},
        new long[] {below, beside});
  }

  public boolean symmetric() {
    return top == bottom && left == right;
  }

  public boolean padded() {
    return top + left + bottom + right > 0;
  }

  public boolean dilated() {
    return dilationY > 1 || dilationX > 1;
  }

  /** Number of window positions in a column; {@code ceil}: a last one may hang over the edge. */
  public long outputHeight(long inputHeight, boolean ceil) {
    return positions("height", inputHeight, extentY(), strideY, top, bottom, ceil);
  }

  /** Number of window positions in a row; {@code ceil}: a last one may hang over the edge. */
  public long outputWidth(long inputWidth, boolean ceil) {
    return positions("width", inputWidth, extentX(), strideX, left, right, ceil);
  }

  private static long positions(
      String axis, long size, int extent, int stride, int before, int after, boolean ceil) {
    long room = size + before + after - extent;
    if (room < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The window's %s (%d) is larger than the padded image's (%d + %d + %d).",
              axis,
              extent,
              before,
              size,
              after));
    }
    long count = (ceil ? room + stride - 1 : room) / stride + 1;
    // As in PyTorch and Caffe: no window starts in the far padding.
    return ceil && (count - 1) * stride >= size + before ? count - 1 : count;
  }
}

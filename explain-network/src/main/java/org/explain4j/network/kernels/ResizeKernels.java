package org.explain4j.network.kernels;

import org.explain4j.network.arrays.AxisTaps;
import org.explain4j.network.arrays.Buffers;
import org.explain4j.network.arrays.Planes;
import org.explain4j.network.arrays.Planes.Plane;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Images in another size, and the transpose of that. */
public final class ResizeKernels {
  private ResizeKernels() {}

  /**
   * @param images {@code [n,c,h,w]}
   * @return {@code [n,c,rows,columns]}
   */
  public static INDArray resize(INDArray images, AxisTaps rows, AxisTaps columns) {
    return each(
        images,
        rows.count(),
        columns.count(),
        (in, out) -> {
          for (int y = 0, i = 0; y < rows.count(); y++) {
            for (int x = 0; x < columns.count(); x++, i++) {
              double top = between(in, rows.lower()[y], columns, x);
              double share = rows.share()[y];
              out.set(
                  i,
                  share == 0
                      ? top
                      : (1 - share) * top + share * between(in, rows.upper()[y], columns, x));
            }
          }
        });
  }

  /** A pixel between two of an old row. */
  private static double between(Plane in, int row, AxisTaps columns, int x) {
    int start = row * columns.size();
    double left = in.get(start + columns.lower()[x]);
    double share = columns.share()[x];
    return share == 0 ? left : (1 - share) * left + share * in.get(start + columns.upper()[x]);
  }

  /**
   * @param messages {@code [n,c,rows,columns]}
   * @return {@code [n,c,h,w]}
   */
  public static INDArray transposed(INDArray messages, AxisTaps rows, AxisTaps columns) {
    return each(
        messages,
        rows.size(),
        columns.size(),
        (in, out) -> {
          out.clear();
          for (int y = 0, i = 0; y < rows.count(); y++) {
            for (int x = 0; x < columns.count(); x++, i++) {
              double share = rows.share()[y];
              spread(out, rows.lower()[y], columns, x, scaled(in.get(i), 1 - share));
              spread(out, rows.upper()[y], columns, x, scaled(in.get(i), share));
            }
          }
        });
  }

  private static void spread(Plane out, int row, AxisTaps columns, int x, double message) {
    double share = columns.share()[x];
    int left = row * columns.size() + columns.lower()[x];
    int right = row * columns.size() + columns.upper()[x];
    out.set(left, out.get(left) + scaled(message, 1 - share));
    out.set(right, out.get(right) + scaled(message, share));
  }

  /** A share of a message that may be infinite. */
  private static double scaled(double message, double share) {
    return share == 0 ? 0 : share * message;
  }

  @FunctionalInterface
  private interface Kernel {
    void apply(Plane in, Plane out);
  }

  private static INDArray each(INDArray images, int height, int width, Kernel kernel) {
    INDArray result = Buffers.uninitialized(images, images.size(0), images.size(1), height, width);
    Planes in = Planes.reading(images, Math.toIntExact(images.size(2) * images.size(3)));
    Planes out = Planes.writing(result, height * width);
    out.inParallel(
        (from, to) -> {
          Plane source = in.plane();
          Plane target = out.plane();
          for (int p = from; p < to; p++) {
            kernel.apply(source.load(p), target);
            target.store(p);
          }
        });
    return out.written();
  }
}

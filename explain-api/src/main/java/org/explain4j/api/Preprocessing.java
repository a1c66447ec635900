package org.explain4j.api;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * From pixels in [0,1] to what a network was trained on: {@code (scale * pixel - mean) / deviation}
 * per channel.
 *
 * @param scale 1, or 255 for networks trained on bytes
 * @param mean per channel in the network's order, in units of scale; empty for 0
 * @param deviation likewise; empty for 1
 * @param bgr whether the network takes blue, green, red
 */
public record Preprocessing(double scale, List<Double> mean, List<Double> deviation, boolean bgr) {

  public Preprocessing {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    if (!(scale > 0) || deviation.stream().anyMatch(d -> !(d > 0))) {
      throw new IllegalArgumentException(
          "Scale (%s) and deviations (%s) must be positive.".formatted(scale, deviation));
    }
  }

  /** Leaves pixels as they are. */
  public static Preprocessing none() {
    return new Preprocessing(1, List.of(), List.of(), false);
  }

  /**
   * @param pixels {@code [n,c,h,w]} or {@code [n,d]}, left as they are
   */
  public INDArray apply(INDArray pixels) {
    INDArray result = ordered(pixels).muli(scale);
    for (int c = 0; c < Math.max(mean.size(), deviation.size()); c++) {
      INDArray channel = result.get(NDArrayIndex.all(), NDArrayIndex.point(c));
      if (!mean.isEmpty()) {
        channel.subi(mean.get(c));
      }
      if (!deviation.isEmpty()) {
        channel.divi(deviation.get(c));
      }
    }
    return result;
  }

  private INDArray ordered(INDArray pixels) {
    if (!bgr) {
      return pixels.dup('c');
    }
    if (pixels.rank() != 4 || pixels.size(1) != 3) {
      throw new IllegalArgumentException(
          "A BGR network takes images of 3 channels, not " + pixels.shapeInfoToString());
    }
    INDArray reversed = Nd4j.createUninitialized(pixels.dataType(), pixels.shape(), 'c');
    for (int c = 0; c < 3; c++) {
      reversed
          .get(NDArrayIndex.all(), NDArrayIndex.point(2 - c))
          .assign(pixels.get(NDArrayIndex.all(), NDArrayIndex.point(c)));
    }
    return reversed;
  }
}

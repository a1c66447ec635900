package org.explain4j.network.moments;

import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.explain4j.network.arrays.HostMemory;
import org.explain4j.network.arrays.Products;
import org.explain4j.network.arrays.Workers;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The sum of xx' of a convolution over all positions. It depends, but for the image's border, only
 * on the distance of two taps: a 3 x 3 kernel has 13 distances for its 45 pairs of taps. Their
 * products are float64; what the border takes away is subtracted pair by pair.
 */
final class TapCovariance {
  private static final String DISTANCE = "distance ";
  private static final String BORDER = "border ";

  private final PaddedGrid grid;
  private final int channels;
  private final List<int[]> surpluses = new ArrayList<>(); // by pair of taps
  private final Map<Integer, INDArray> distances =
      new ConcurrentHashMap<>(); // by distance of taps, [c,c]
  private final Map<Integer, INDArray> borders =
      new ConcurrentHashMap<>(); // by pair of taps, [c,c]

  TapCovariance(PaddedGrid grid, int channels) {
    this.grid = grid;
    this.channels = channels;
    for (int a = 0; a < grid.taps(); a++) {
      for (int b = 0; b < grid.taps(); b++) {
        surpluses.add(b < a ? new int[0] : grid.surplus(a, b));
      }
    }
  }

  /**
   * Adds images.
   *
   * @param x as {@link PaddedGrid#scatter} laid out the kernel's first column
   */
  void add(INDArray x, int images) {
    try (INDArray wide = x.castTo(DataType.DOUBLE)) {
      INDArray rows = x.dataType() == DataType.DOUBLE ? x : wide;
      List<int[]> pairs = new ArrayList<>();
      for (int a = 0; a < grid.taps(); a++) {
        for (int b = a; b < grid.taps(); b++) {
          pairs.add(new int[] {a, b});
        }
      }
      // The long products first, so that the threads end together.
      pairs.sort(Comparator.comparing(pair -> !first(pair[0], pair[1])));
      Workers.run(
          pairs.size(),
          Workers.ONE_BY_ONE,
          (from, to) -> pairs.subList(from, to).forEach(pair -> add(rows, images, pair)));
    }
  }

  private void add(INDArray rows, int images, int[] pair) {
    int distance = grid.shift(pair[1]) - grid.shift(pair[0]);
    if (first(pair[0], pair[1])) {
      INDArray here = Products.columns(rows, 0, rows.size(1) - distance);
      INDArray there = Products.columns(rows, distance, rows.size(1));
      Nd4j.gemm(here, there, sum(distances, distance), false, true, 1, 1);
    }
    int index = pair[0] * grid.taps() + pair[1];
    int[] surplus = surpluses.get(index);
    if (surplus.length > 0) {
      try (INDArray here = gather(rows, surplus, 0, images);
          INDArray there = gather(rows, surplus, distance, images)) {
        Nd4j.gemm(here, there, sum(borders, index), false, true, 1, 1);
      }
    }
  }

  /** Whether no earlier pair of taps has this distance: the pair begins or ends the kernel. */
  private boolean first(int a, int b) {
    int width = grid.window().width();
    int ay = a / width;
    int by = b / width;
    int ax = a % width;
    int bx = b % width;
    return ay == 0 && Math.min(ax, bx) == 0 && by >= ay;
  }

  private INDArray sum(Map<Integer, INDArray> sums, int key) {
    return sums.computeIfAbsent(key, k -> Nd4j.zeros(DataType.DOUBLE, channels, channels));
  }

  private INDArray gather(INDArray rows, int[] places, int shift, int images) {
    INDArray gathered =
        Nd4j.createUninitialized(DataType.DOUBLE, channels, (long) images * places.length);
    DoubleBuffer from = HostMemory.doubles(rows);
    DoubleBuffer to = HostMemory.doubles(gathered);
    for (int i = 0; i < channels * images; i++) {
      int start = i * grid.length() + shift;
      for (int p = 0; p < places.length; p++) {
        to.put(i * places.length + p, from.get(start + places[p]));
      }
    }
    return HostMemory.written(gathered);
  }

  /** What was summed, by name. */
  Map<String, INDArray> state() {
    Map<String, INDArray> state = new LinkedHashMap<>();
    distances.forEach((distance, sum) -> state.put(DISTANCE + distance, sum));
    borders.forEach((pair, sum) -> state.put(BORDER + pair, sum));
    return state;
  }

  /** Takes over what {@link #state} gave, among other arrays. */
  void restore(Map<String, INDArray> state) {
    state.forEach(
        (name, sum) -> {
          if (name.startsWith(DISTANCE)) {
            distances.put(Integer.valueOf(name.substring(DISTANCE.length())), sum);
          } else if (name.startsWith(BORDER)) {
            borders.put(Integer.valueOf(name.substring(BORDER.length())), sum);
          }
        });
  }

  /** Moves what was summed into the layer's sum. */
  void flush(INDArray sum) {
    INDArray blocks = sum.reshape(channels, grid.taps(), channels, grid.taps());
    for (int a = 0; a < grid.taps(); a++) {
      for (int b = a; b < grid.taps(); b++) {
        try (INDArray block = distances.get(grid.shift(b) - grid.shift(a)).dup()) {
          INDArray border = borders.get(a * grid.taps() + b);
          if (border != null) {
            block.subi(border);
          }
          block(blocks, a, b).addi(block);
          if (b > a) {
            block(blocks, b, a).addi(block.transpose());
          }
        }
      }
    }
    distances.values().forEach(d -> d.assign(0));
    borders.values().forEach(b -> b.assign(0));
  }

  private static INDArray block(INDArray blocks, int a, int b) {
    return blocks.get(
        NDArrayIndex.all(), NDArrayIndex.point(a), NDArrayIndex.all(), NDArrayIndex.point(b));
  }
}

package org.explain4j.experiments.stages;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.explain4j.network.Network;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Probabilities of a class while patches of one image are removed, by a float64 network. They
 * depend only on which patches are gone, so each set of patches is computed once.
 */
final class TwinCurves {
  private static final int BATCH = 50;

  private final Network network;
  private final double[] image; // [c*h*w]
  private final int label;
  private final int patch;
  private final int width;
  private final int columns;
  private final int patches;
  private final Map<Set<Integer>, Double> probabilities = new HashMap<>();

  /**
   * @param network with square images, which patches divide
   */
  TwinCurves(Network network, double[] image, int label, int patch) {
    this.network = network;
    this.image = image;
    this.label = label;
    this.patch = patch;
    this.width = Math.toIntExact(network.inputShape().get(2));
    this.columns = width / patch;
    this.patches = columns * columns;
  }

  /** Patches by their sums of an attribution, largest first; the first of equals comes first. */
  int[] mostRelevantFirst(double[] attribution) {
    return order(attribution, -1);
  }

  /** Likewise, smallest first. */
  int[] leastRelevantFirst(double[] attribution) {
    return order(attribution, 1);
  }

  private int[] order(double[] attribution, int sign) {
    double[] sums = new double[patches];
    for (int i = 0; i < attribution.length; i++) {
      sums[patchOf(i)] += attribution[i];
    }
    return IntStream.range(0, patches)
        .boxed()
        .sorted(Comparator.comparingDouble(p -> sign * sums[p] + 0.0))
        .mapToInt(p -> p)
        .toArray();
  }

  /** The baseline's draw: it depends on the seed and the image's pixels. */
  int[] drawn(long seed) {
    long hash = seed;
    for (double pixel : image) {
      hash = 31 * hash + Double.hashCode(pixel);
    }
    SplittableRandom random = new SplittableRandom(hash);
    int[] order = IntStream.range(0, patches).toArray();
    for (int last = patches - 1; last > 0; last--) {
      int other = random.nextInt(last + 1);
      int swapped = order[last];
      order[last] = order[other];
      order[other] = swapped;
    }
    return order;
  }

  private int patchOf(int pixel) {
    int place = pixel % (width * width);
    return place / width / patch * columns + place % width / patch;
  }

  /** The probability with none, one, two ... patches gone. */
  double[] curve(int[] order, int steps) {
    List<Set<Integer>> gone =
        IntStream.rangeClosed(0, steps)
            .mapToObj(n -> Set.copyOf(Arrays.stream(order).limit(n).boxed().toList()))
            .toList();
    List<Set<Integer>> open =
        gone.stream().filter(set -> !probabilities.containsKey(set)).distinct().toList();
    for (int from = 0; from < open.size(); from += BATCH) {
      compute(open.subList(from, Math.min(open.size(), from + BATCH)));
    }
    return gone.stream().mapToDouble(probabilities::get).toArray();
  }

  private void compute(List<Set<Integer>> sets) {
    double[][] images = sets.stream().map(this::without).toArray(double[][]::new);
    long[] shape = {sets.size(), network.inputShape().get(0), width, width};
    try (INDArray rows = Nd4j.createFromArray(images);
        INDArray logits = network.logits(rows.reshape('c', shape))) {
      double[][] all = logits.toDoubleMatrix();
      for (int i = 0; i < all.length; i++) {
        probabilities.put(sets.get(i), softMax(all[i])[label]);
      }
    }
  }

  /** The image with the mean of each channel in place of each of the patches. */
  private double[] without(Set<Integer> gone) {
    int plane = width * width;
    double[] changed = image.clone();
    for (int channel = 0; channel < image.length / plane; channel++) {
      double[] sums = new double[patches];
      for (int i = channel * plane; i < (channel + 1) * plane; i++) {
        sums[patchOf(i)] += image[i];
      }
      for (int i = channel * plane; i < (channel + 1) * plane; i++) {
        if (gone.contains(patchOf(i))) {
          changed[i] = sums[patchOf(i)] / (patch * patch);
        }
      }
    }
    return changed;
  }

  static double[] softMax(double[] logits) {
    double largest = Arrays.stream(logits).max().orElseThrow();
    double[] powers = Arrays.stream(logits).map(x -> Math.exp(x - largest)).toArray();
    double sum = Arrays.stream(powers).sum();
    return Arrays.stream(powers).map(x -> x / sum).toArray();
  }
}

package org.explain4j.methods.perturbation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.explain4j.api.ExampleBatch;

/**
 * An example's segments, and copies of it in which only some segments are left.
 *
 * @param segments the segment of each value
 * @param hidden what takes a missing segment's place, of the example's size
 */
record Coalitions(double[] example, int[] segments, double[] hidden) {

  /**
   * @param baseline per channel or one for all; empty for each segment's own mean per channel
   */
  static Coalitions of(ExampleBatch examples, int index, int[] segments, List<Double> baseline) {
    double[] example =
        Arrays.copyOfRange(
            examples.values(), examples.start(index), examples.start(index) + examples.size());
    boolean image = examples.classifier().inputShape().size() == 3;
    int channels = image ? examples.classifier().inputShape().get(0).intValue() : 1;
    if (baseline.size() > 1 && baseline.size() != channels) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The baseline has %d values, but the input has %d channels.\nMaybe give a single value for all.",
              baseline.size(),
              channels));
    }
    int pixels = example.length / channels;
    double[] hidden = new double[example.length];
    for (int c = 0; c < channels; c++) {
      int from = c * pixels;
      if (baseline.isEmpty()) {
        means(example, segments, hidden, from, from + pixels);
      } else {
        double value = baseline.get(baseline.size() == 1 ? 0 : c);
        Arrays.fill(hidden, from, from + pixels, value);
      }
    }
    return new Coalitions(example, segments, hidden);
  }

  private static void means(double[] example, int[] segments, double[] hidden, int from, int to) {
    int count = Arrays.stream(segments).max().orElseThrow() + 1;
    double[] sums = new double[count];
    int[] sizes = new int[count];
    for (int i = from; i < to; i++) {
      sums[segments[i]] += example[i];
      sizes[segments[i]]++;
    }
    for (int i = from; i < to; i++) {
      hidden[i] = sums[segments[i]] / sizes[segments[i]];
    }
  }

  /** Number of segments. */
  int count() {
    return Arrays.stream(segments).max().orElseThrow() + 1;
  }

  /** Writes the example with these segments left. */
  void write(boolean[] left, double[] target) {
    for (int i = 0; i < example.length; i++) {
      target[i] = left[segments[i]] ? example[i] : hidden[i];
    }
  }

  /** Writes each segment's weight into its values. */
  void spread(double[] weights, double[] target, int offset) {
    for (int i = 0; i < example.length; i++) {
      target[offset + i] = weights[segments[i]];
    }
  }
}

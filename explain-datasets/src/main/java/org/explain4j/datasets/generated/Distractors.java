package org.explain4j.datasets.generated;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The linear toy as images: x = s a_s y + (1 - s) (sqrt(0.8) sum_j a_j e_j / sqrt(6) + sqrt(0.2)
 * background), y = -1 or 1 plus N(0, 0.3^2), e_j ~ N(0, 1). All directions have length 1.
 *
 * @param blob a_s, a Gaussian with a standard deviation of an eighth of the side
 * @param gratings a_j, waves of random direction and phase with one to two periods a side
 * @param signal s
 */
record Distractors(double[] blob, List<double[]> gratings, double[][] filter, double signal)
    implements Recipe {
  static final int GRATINGS = 6;

  /** Standard deviation of y within a class. */
  static final double SPREAD = 0.3;

  /** Share of the gratings in the noise's squared length. */
  private static final double SHARE = 0.8;

  /** The mask is where the blob has at least this share of its largest value. */
  private static final double EDGE = 0.25;

  /** Where the blob's centre is, in both axes. */
  private static final double CENTRE = 0.375;

  static Distractors of(double[][] filter, double signal, long seed) {
    int side = filter.length;
    SplittableRandom random = new SplittableRandom(seed);
    double[] blob = new double[side * side];
    double deviation = (double) side / Background.UNIT;
    for (int i = 0; i < blob.length; i++) {
      int row = i / side;
      double y = row - CENTRE * side;
      double x = i % side - CENTRE * side;
      blob[i] = Math.exp(-(y * y + x * x) / (2 * deviation * deviation));
    }
    List<double[]> gratings = new ArrayList<>();
    for (int j = 0; j < GRATINGS; j++) {
      gratings.add(unit(grating(side, random)));
    }
    return new Distractors(unit(blob), gratings, filter, signal);
  }

  private static double[] grating(int side, SplittableRandom random) {
    double direction = random.nextDouble(Math.PI);
    double frequency = random.nextDouble(1, 2) * 2 * Math.PI / side;
    double phase = random.nextDouble(2 * Math.PI);
    double[] grating = new double[side * side];
    for (int i = 0; i < grating.length; i++) {
      int row = i / side;
      double along = Math.cos(direction) * (i % side) + Math.sin(direction) * row;
      grating[i] = Math.cos(frequency * along + phase);
    }
    return grating;
  }

  private static double[] unit(double... values) {
    double length = Math.sqrt(Arrays.stream(values).map(v -> v * v).sum());
    return Arrays.stream(values).map(v -> v / length).toArray();
  }

  @Override
  public Drawn draw(int label, SplittableRandom random) {
    double y = (label == 0 ? -1 : 1) + SPREAD * random.nextGaussian();
    double[] noise = Background.draw(filter, random);
    double[] values = new double[noise.length];
    double[] strengths = new double[gratings.size()];
    Arrays.setAll(strengths, j -> Math.sqrt(SHARE / gratings.size()) * random.nextGaussian());
    boolean[] mask = new boolean[noise.length];
    double largest = Arrays.stream(blob).max().orElseThrow();
    for (int i = 0; i < values.length; i++) {
      double sum = Math.sqrt(1 - SHARE) * noise[i];
      for (int j = 0; j < strengths.length; j++) {
        sum += strengths[j] * gratings.get(j)[i];
      }
      values[i] = signal * blob[i] * y + (1 - signal) * sum;
      mask[i] = blob[i] >= EDGE * largest;
    }
    return new Drawn(values, mask);
  }

  /** That of the pixel with the largest values. */
  @Override
  public double limit() {
    double limit = 0;
    double side = filter.length;
    for (int i = 0; i < blob.length; i++) {
      double variance = (1 - SHARE) / (side * side);
      for (double[] grating : gratings) {
        variance += SHARE / gratings.size() * grating[i] * grating[i];
      }
      double noise = CLIPPED * (1 - signal) * Math.sqrt(variance);
      limit = Math.max(limit, noise + signal * blob[i] * (1 + CLIPPED * SPREAD));
    }
    return limit;
  }
}

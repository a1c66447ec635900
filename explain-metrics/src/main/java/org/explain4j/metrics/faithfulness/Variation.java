package org.explain4j.metrics.faithfulness;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.explain4j.metrics.features.Groups;

/** Variants of one example in which some of its pixels are those of another picture. */
@FunctionalInterface
interface Variation {

  /** Writes all numbers of a variant. */
  void write(int variant, double[] target);

  /**
   * From one picture to another: in variant k, the pixels of the first {@code counts[k]} groups are
   * those of the other.
   *
   * @param order of the groups
   */
  static Variation course(double[] from, double[] to, Groups groups, int[] order, int[] counts) {
    int[] rank = new int[groups.count()];
    for (int i = 0; i < order.length; i++) {
      rank[order[i]] = i;
    }
    int[] ranks = IntStream.of(groups.of()).map(group -> rank[group]).toArray();
    return (variant, target) -> {
      int count = counts[Math.min(variant, counts.length - 1)];
      // Which it is, is as good as random: a choice of numbers, not of ways, is never guessed
      // wrong.
      for (int channel = 0; channel < target.length; channel += ranks.length) {
        for (int pixel = 0; pixel < ranks.length; pixel++) {
          int i = channel + pixel;
          target[i] = ranks[pixel] < count ? to[i] : from[i];
        }
      }
    };
  }

  /**
   * In variant k, the pixels of the groups in {@code subsets[k]} are those of the other picture.
   */
  static Variation subsets(double[] from, double[] to, Groups groups, int[][] subsets) {
    return (variant, target) -> {
      boolean[] chosen = new boolean[groups.count()];
      Arrays.stream(subsets[variant]).forEach(group -> chosen[group] = true);
      int[] of = groups.of();
      for (int channel = 0; channel < target.length; channel += of.length) {
        for (int pixel = 0; pixel < of.length; pixel++) {
          int i = channel + pixel;
          target[i] = chosen[of[pixel]] ? to[i] : from[i];
        }
      }
    };
  }
}

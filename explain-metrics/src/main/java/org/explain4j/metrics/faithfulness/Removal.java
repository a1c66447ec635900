package org.explain4j.metrics.faithfulness;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.explain4j.api.ExampleBatch;
import org.explain4j.api.Metric.Evaluation;
import org.explain4j.api.Metric.Images;
import org.explain4j.metrics.features.Groups;
import org.explain4j.metrics.features.Maps;
import org.explain4j.metrics.features.Order;
import org.explain4j.metrics.features.Pixels;
import org.explain4j.network.arrays.Workers;

/**
 * The engine of all metrics that change features and read the output: examples, and how each is cut
 * into groups of pixels. Variants of all examples go through the classifier in full batches.
 *
 * @param side of the squares that are the groups, 0 of others
 * @param groups of each example
 */
record Removal(Images images, ExampleBatch examples, Pixels pixels, int side, List<Groups> groups) {

  private static Removal of(Images images, int side, IntFunction<Groups> groups) {
    ExampleBatch examples = ExampleBatch.of(images.classifier(), images.inputs(), images.classes());
    return new Removal(
        images,
        examples,
        Pixels.of(images.classifier()),
        side,
        IntStream.range(0, examples.count()).mapToObj(groups).toList());
  }

  /** Every pixel is a group. */
  static Removal ofPixels(Images images) {
    return of(images, 1, always(Groups.single(Pixels.of(images.classifier()))));
  }

  /** Squares of so many pixels are the groups; of 1, every pixel. */
  static Removal ofPatches(Images images, int side) {
    return of(images, side, always(Groups.patches(Pixels.of(images.classifier()), side)));
  }

  /** SLIC superpixels of so many pixels on average along a side are the groups. */
  static Removal ofSuperpixels(Images images, int side) {
    Removal single = ofPixels(images);
    List<Groups> groups =
        images.shared().once(new Superpixelled(side), () -> single.superpixels(side));
    return new Removal(images, single.examples, single.pixels, 0, groups);
  }

  private record Superpixelled(int side) {}

  private List<Groups> superpixels(int side) {
    Groups[] groups = new Groups[count()];
    Workers.forEach(groups.length, i -> groups[i] = Groups.superpixels(pixels, picture(i), side));
    return List.of(groups);
  }

  private static IntFunction<Groups> always(Groups groups) {
    return example -> groups;
  }

  int count() {
    return examples.count();
  }

  /** The numbers of an example. */
  double[] picture(int example) {
    int start = examples.start(example);
    return Arrays.copyOfRange(examples.values(), start, start + examples.size());
  }

  /** For each example and group, the sum of an evaluation's attribution. */
  double[][] sums(Evaluation evaluation) {
    double[][] maps = Maps.rows(evaluation.attributions());
    return IntStream.range(0, count())
        .mapToObj(i -> groups.get(i).sums(maps[i]))
        .toArray(double[][]::new);
  }

  /** Likewise the mean per pixel. */
  double[][] means(Evaluation evaluation) {
    double[][] maps = Maps.rows(evaluation.attributions());
    return IntStream.range(0, count())
        .mapToObj(i -> groups.get(i).means(maps[i]))
        .toArray(double[][]::new);
  }

  /** What is read for each example and variant. */
  double[][] read(ReadOut readOut, int variants, IntFunction<Variation> variations) {
    Variation[] each = IntStream.range(0, count()).mapToObj(variations).toArray(Variation[]::new);
    double[][] outputs = new double[count()][variants];
    examples.each(
        variants,
        (example, variant, target) -> each[example].write(variant, target),
        readOut.of(examples),
        (example, variant, rows, offset) -> outputs[example][variant] = rows[offset]);
    return outputs;
  }

  /**
   * The output while groups are replaced one after another.
   *
   * @param orders of each example's groups
   * @param counts numbers of groups replaced at the curve's points
   * @return {@code [example][point]}
   */
  double[][] curve(ReadOut readOut, Fill fill, int[][] orders, int[] counts) {
    return read(
        readOut,
        counts.length,
        i -> Variation.course(picture(i), fill.of(i), groups.get(i), orders[i], counts));
  }

  /**
   * Likewise; what none and all of the groups give is the same for all orders, and is read once for
   * all methods.
   */
  double[][] curve(ReadOut readOut, Replacement replacement, int[][] orders, int[] counts) {
    Fill fill = replacement.fill(this);
    if (side == 0) {
      return curve(readOut, fill, orders, counts);
    }
    int all = groups.get(0).count();
    double[][] ends =
        images
            .shared()
            .once(
                new Ends(readOut, replacement, side),
                () -> curve(readOut, fill, orders, new int[] {0, all}));
    int[] between = IntStream.of(counts).filter(count -> count > 0 && count < all).toArray();
    double[][] inner = curve(readOut, fill, orders, between);
    double[][] outputs = new double[count()][counts.length];
    for (int i = 0; i < outputs.length; i++) {
      int place = 0;
      for (int c = 0; c < counts.length; c++) {
        boolean end = counts[c] == 0 || counts[c] == all;
        outputs[i][c] = end ? ends[i][counts[c] == 0 ? 0 : 1] : inner[i][place++];
      }
    }
    return outputs;
  }

  private record Ends(ReadOut readOut, Replacement replacement, int side) {}

  /** Likewise from the replacement to the picture: groups are put back. */
  double[][] insertion(ReadOut readOut, Fill fill, int[][] orders, int[] counts) {
    return read(
        readOut,
        counts.length,
        i -> Variation.course(fill.of(i), picture(i), groups.get(i), orders[i], counts));
  }

  /** The output with each of some subsets of groups replaced. */
  double[][] subsets(ReadOut readOut, Fill fill, int[][] subsets) {
    return read(
        readOut,
        subsets.length,
        i -> Variation.subsets(picture(i), fill.of(i), groups.get(i), subsets));
  }

  /** The output for the pictures as they are. */
  double[] clean(ReadOut readOut) {
    double[][] outputs =
        read(
            readOut,
            1,
            i -> {
              double[] picture = picture(i);
              return (variant, target) -> System.arraycopy(picture, 0, target, 0, target.length);
            });
    return Arrays.stream(outputs).mapToDouble(row -> row[0]).toArray();
  }

  /** The order of each example's groups. */
  static int[][] orders(double[][] scores, Order order) {
    int[][] orders = new int[scores.length][];
    Workers.forEach(orders.length, i -> orders[i] = order.of(scores[i], i));
    return orders;
  }

  /**
   * Numbers of groups replaced, from none to all in about equal steps.
   *
   * @param steps as many as there are groups if that is less; by default the square root of their
   *     number, as RISE takes for pixels
   */
  int[] steps(Optional<Integer> steps) {
    return steps(groups.get(0).count(), steps);
  }

  static int[] steps(int groups, Optional<Integer> steps) {
    int points = Math.min(steps.orElse((int) Math.round(Math.sqrt(groups))), groups);
    return IntStream.rangeClosed(0, points)
        .map(k -> Math.toIntExact(Math.round((double) k * groups / points)))
        .toArray();
  }
}

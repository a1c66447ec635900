package org.explain4j.experiments.inspection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.explain4j.api.Preprocessing;
import org.explain4j.api.Split;
import org.explain4j.experiments.setup.Matching;
import org.explain4j.network.Network;
import org.explain4j.network.training.Shuffle;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Tries on labelled images how their pixels are prepared and how their classes are numbered, and
 * takes the way in which a network is right most often. What the model file states stays unless
 * another way is better beyond doubt.
 *
 * @param stated the preprocessing that the model file states
 * @param reorders whether the order of the classes is the reader's, which may not be the network's
 */
record Trial(Network network, Preprocessing stated, Split images, boolean reorders) {
  private static final int FEWEST = 32;
  private static final int FIRST = 100;
  private static final int MOST = 500;
  private static final long MOST_PIXELS = 30_000_000;
  private static final double FIRST_SECONDS = 15;
  private static final double LAST_SECONDS = 20;
  private static final int FINALISTS = 4;
  private static final double GAIN = 0.1;
  private static final double ERROR = 0.001;

  /**
   * What was found.
   *
   * @param preprocessing the best
   * @param right how many of the images are right by it
   * @param before how many are as the model file states it, its classes in their order
   * @param images that were tried
   * @param order the output of each class; empty if the classes are in the network's order
   * @param chance whether that is no more than guessing gets
   * @param seconds per image
   */
  record Finding(
      Preprocessing preprocessing,
      int right,
      int before,
      int images,
      Optional<int[]> order,
      boolean chance,
      double seconds) {}

  /** Predictions by a preprocessing. */
  private record Attempt(Preprocessing how, int[] predicted, int[] labels) {
    boolean[] right() {
      boolean[] right = new boolean[labels.length];
      for (int i = 0; i < right.length; i++) {
        right[i] = predicted[i] == labels[i];
      }
      return right;
    }

    /** Right ones if the first half of the images tells the order, counted on the second. */
    boolean[] reordered(int[] order) {
      boolean[] right = new boolean[labels.length - labels.length / 2];
      for (int i = 0; i < right.length; i++) {
        int at = labels.length / 2 + i;
        right[i] = order[labels[at]] == predicted[at];
      }
      return right;
    }
  }

  Finding run() {
    int[] order = Shuffle.order(images.size(), new SplittableRandom(1));
    double seconds = seconds(order);
    List<Preprocessing> candidates;
    try (INDArray pixels = pixels(order)) {
      candidates = Candidate.of(stated, pixels);
    }
    int first = count(FIRST_SECONDS / candidates.size() / seconds, FIRST, order);
    List<Preprocessing> finalists =
        attempts(candidates, order, first).stream()
            .sorted(Comparator.comparingDouble(this::share).reversed())
            .map(Attempt::how)
            .limit(FINALISTS)
            .toList();
    List<Preprocessing> last = new ArrayList<>(List.of(stated));
    finalists.stream().filter(each -> !each.equals(stated)).forEach(last::add);
    int most = count(LAST_SECONDS / last.size() / seconds, MOST, order);
    return finding(attempts(last, order, most), seconds);
  }

  private Finding finding(List<Attempt> attempts, double seconds) {
    Attempt before = attempts.get(0);
    Attempt best = attempts.stream().max(Comparator.comparingDouble(this::share)).orElseThrow();
    int images = before.labels().length;
    boolean better = isBetter(winning(best), winning(before)) || share(before) == 0;
    Attempt chosen = better ? best : before;
    Optional<int[]> order = order(chosen);
    int right =
        order.map(found -> count(matches(chosen, found))).orElseGet(() -> count(chosen.right()));
    return new Finding(
        chosen.how(),
        right,
        count(before.right()),
        images,
        order,
        isGuessing(right, before.labels()),
        seconds);
  }

  private static boolean isGuessing(int right, int[] labels) {
    long classes = Arrays.stream(labels).distinct().count();
    return right == 0
        || BinomialDistribution.of(labels.length, 1.0 / Math.max(2, classes))
                .survivalProbability(right - 1)
            > 0.01;
  }

  /** The output of each class, if another order than the given one is better beyond doubt. */
  private Optional<int[]> order(Attempt attempt) {
    int half = attempt.labels().length / 2;
    if (!reorders || half < FEWEST / 2) {
      return Optional.empty();
    }
    int classes = Math.toIntExact(network.classes());
    int[] learned = Matching.of(attempt.predicted(), attempt.labels(), half, classes);
    boolean[] right = attempt.right();
    boolean[] given = Arrays.copyOfRange(right, half, right.length);
    if (!isBetter(attempt.reordered(learned), given)) {
      return Optional.empty();
    }
    int[] all = Matching.of(attempt.predicted(), attempt.labels(), 2 * half, classes);
    return Matching.isComplete(all) ? Optional.of(all) : Optional.empty();
  }

  private static boolean[] matches(Attempt attempt, int[] order) {
    boolean[] right = new boolean[attempt.labels().length];
    for (int i = 0; i < right.length; i++) {
      right[i] = order[attempt.labels()[i]] == attempt.predicted()[i];
    }
    return right;
  }

  private double share(Attempt attempt) {
    boolean[] right = winning(attempt);
    return count(right) / (double) right.length;
  }

  /** On the second half of the images: with the classes as given, or matched on the first half. */
  private boolean[] winning(Attempt attempt) {
    int half = attempt.labels().length / 2;
    boolean[] right = attempt.right();
    boolean[] given = Arrays.copyOfRange(right, half, right.length);
    if (!reorders) {
      return given;
    }
    int[] learned =
        Matching.of(
            attempt.predicted(), attempt.labels(), half, Math.toIntExact(network.classes()));
    boolean[] matched = attempt.reordered(learned);
    return isBetter(matched, given) ? matched : given;
  }

  private static int count(boolean[] right) {
    return (int) IntStream.range(0, right.length).filter(i -> right[i]).count();
  }

  /** By the exact sign test on the images on which they differ (McNemar). */
  private static boolean isBetter(boolean[] other, boolean[] right) {
    int gained = 0;
    int lost = 0;
    for (int i = 0; i < right.length; i++) {
      gained += other[i] && !right[i] ? 1 : 0;
      lost += right[i] && !other[i] ? 1 : 0;
    }
    return gained - lost >= GAIN * right.length
        && BinomialDistribution.of(gained + lost, 0.5).survivalProbability(gained - 1) < ERROR;
  }

  private static int count(double affordable, int most, int[] order) {
    int least = Math.min(FEWEST, order.length);
    return (int) Math.max(least, Math.min(Math.min(most, order.length), affordable));
  }

  private double seconds(int[] order) {
    double seconds = 1;
    int few = Math.min(4, order.length);
    for (int round = 0; round < 2; round++) { // the first warms up
      long start = System.nanoTime();
      attempts(List.of(stated), order, few);
      seconds = (System.nanoTime() - start) / 1e9 / few;
    }
    return seconds;
  }

  /** As many images as tell the mean of a channel, within memory. */
  private INDArray pixels(int[] order) {
    long elements = network.inputShape().stream().reduce(1L, (a, b) -> a * b);
    int count = (int) Math.max(FEWEST, Math.min(MOST_PIXELS / elements, 2L * MOST));
    return images.inputs(Arrays.copyOf(order, Math.min(count, order.length)));
  }

  /** Each image is read once. Preprocessings for images of other channels are left out. */
  private List<Attempt> attempts(List<Preprocessing> candidates, int[] order, int count) {
    int[] labels = images.labels(Arrays.copyOf(order, count));
    Map<Preprocessing, int[]> predicted = new LinkedHashMap<>();
    candidates.forEach(how -> predicted.put(how, new int[count]));
    for (int from = 0; from < count; from += FEWEST) {
      int to = Math.min(count, from + FEWEST);
      try (INDArray pixels = images.inputs(Arrays.copyOfRange(order, from, to))) {
        for (Preprocessing how : candidates) {
          Optional<int[]> some = predict(how, pixels);
          if (some.isEmpty()) {
            predicted.remove(how);
          } else {
            System.arraycopy(
                some.get(), 0, predicted.getOrDefault(how, new int[count]), from, to - from);
          }
        }
      }
    }
    return predicted.entrySet().stream()
        .map(entry -> new Attempt(entry.getKey(), entry.getValue(), labels))
        .toList();
  }

  private Optional<int[]> predict(Preprocessing how, INDArray pixels) {
    try (INDArray inputs = how.apply(pixels)) {
      return Optional.of(network.predict(inputs));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}

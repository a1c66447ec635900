package org.explain4j.experiments.inspection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.explain4j.api.Preprocessing;
import org.explain4j.api.Split;
import org.explain4j.experiments.setup.Matching;
import org.explain4j.experiments.statistics.Hits;
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
  private static final double GUESSING = 0.01;

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
    /** With the classes in the order given. */
    Hits given() {
      return Hits.of(predicted, labels);
    }

    /** With the classes as outputs that were found for them. */
    Hits matched(int[] output) {
      return Hits.of(predicted, Matching.expected(output, labels));
    }

    int half() {
      return labels.length / 2;
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
    boolean better = winning(best).isBetterThan(winning(before)) || share(before) == 0;
    Attempt chosen = better ? best : before;
    Optional<int[]> order = order(chosen);
    Hits hits = order.map(chosen::matched).orElseGet(chosen::given);
    return new Finding(
        chosen.how(),
        hits.count(),
        before.given().count(),
        images,
        order,
        isGuessing(hits, before.labels()),
        seconds);
  }

  private static boolean isGuessing(Hits hits, int[] labels) {
    return hits.chance(Math.max(2, Arrays.stream(labels).distinct().count())) > GUESSING;
  }

  /** The output of each class, if another order than the given one is better beyond doubt. */
  private Optional<int[]> order(Attempt attempt) {
    int half = attempt.half();
    if (!reorders || half < FEWEST / 2) {
      return Optional.empty();
    }
    if (!attempt
        .matched(learned(attempt, half))
        .from(half)
        .isBetterThan(attempt.given().from(half))) {
      return Optional.empty();
    }
    int[] all = learned(attempt, 2 * half);
    return Matching.isComplete(all) ? Optional.of(all) : Optional.empty();
  }

  private int[] learned(Attempt attempt, int count) {
    int classes = Math.toIntExact(network.classes());
    return Matching.of(attempt.predicted(), attempt.labels(), count, classes);
  }

  private double share(Attempt attempt) {
    return winning(attempt).share();
  }

  /** On the second half of the images: with the classes as given, or matched on the first half. */
  private Hits winning(Attempt attempt) {
    Hits given = attempt.given().from(attempt.half());
    if (!reorders) {
      return given;
    }
    Hits matched = attempt.matched(learned(attempt, attempt.half())).from(attempt.half());
    return matched.isBetterThan(given) ? matched : given;
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

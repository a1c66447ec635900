package org.explain4j.experiments.stages;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.explain4j.api.Preprocessing;
import org.explain4j.experiments.setup.Matching;
import org.explain4j.experiments.statistics.Hits;
import org.explain4j.network.Network;
import org.explain4j.network.arrays.Batches;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Whether a network would be right far more often if its images were prepared, or its classes
 * numbered, in another way: mistakes that otherwise show in nothing but a low accuracy.
 *
 * @param pixels some images in random order, {@code [n,c,h,w]} in [0,1]
 * @param labels the class of each
 */
record OtherReadings(Network network, Preprocessing preprocessing, INDArray pixels, int[] labels) {
  /** Above it nothing is suspected. */
  private static final double FINE = 0.9;

  /** Chance that guessing gets as many right. */
  private static final double GUESSING = 0.01;

  /** Another reading, by what a user would set, and which images it gets right. */
  private record Reading(String advice, Hits hits) {}

  /** What is to be said; empty if all seems well. */
  Optional<String> warning() {
    int[] predicted = predictions(preprocessing).orElseThrow();
    Hits right = Hits.of(predicted, labels);
    return right.count() < FINE * labels.length
        ? Stream.of(prepared(right), renumbered(predicted))
            .flatMap(Optional::stream)
            .max(Comparator.comparingDouble(Finding::share))
            .map(Finding::text)
            .or(() -> guessing(right))
        : Optional.empty();
  }

  /** A better reading: the share of images that are right by it, and what to say. */
  private record Finding(double share, String text) {}

  private Optional<Finding> prepared(Hits right) {
    return readings().stream()
        .filter(reading -> reading.hits().isBetterThan(right))
        .max(Comparator.comparingInt(reading -> reading.hits().count()))
        .map(
            best ->
                new Finding(
                    best.hits().share(),
                    String.format(
                        Locale.ROOT,
                        "The network is right on %d of %d images, but would be on %d %s",
                        right.count(),
                        labels.length,
                        best.hits().count(),
                        best.advice())));
  }

  private Optional<String> guessing(Hits right) {
    long classes = Arrays.stream(labels).distinct().count();
    return labels.length < 10 || right.chance(classes) <= GUESSING || classes < 2
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "The network is right on %d of %d images, no more often than by guessing among the %d classes that occur: nothing that explains it means anything.",
                right.count(),
                labels.length,
                classes));
  }

  private List<Reading> readings() {
    // Each preprocessing once, by the first advice that leads to it.
    Map<Preprocessing, String> others = new LinkedHashMap<>();
    if (pixels.rank() == 4 && pixels.size(1) == 3) {
      Preprocessing swapped =
          new Preprocessing(
              preprocessing.scale(),
              preprocessing.mean(),
              preprocessing.deviation(),
              !preprocessing.bgr());
      String order = swapped.bgr() ? "blue, green, red" : "red, green, blue";
      others.put(
          swapped,
          "if its channels were " + order + ". Maybe set 'bgr' of the model's preprocessing.");
    }
    for (String name : Preprocessing.names()) {
      others.putIfAbsent(
          Preprocessing.named(name),
          "with the preprocessing '" + name + "'. Maybe set the model's preprocessing to it.");
    }
    others.remove(preprocessing);
    List<Reading> readings = new ArrayList<>();
    others.forEach(
        (how, advice) ->
            predictions(how)
                .ifPresent(found -> readings.add(new Reading(advice, Hits.of(found, labels)))));
    return readings;
  }

  /** Empty if the preprocessing is for images of other channels. */
  private Optional<int[]> predictions(Preprocessing how) {
    int[] predicted = new int[labels.length];
    int size = network.batchSize();
    for (int from = 0; from < labels.length; from += size) {
      try (INDArray some = Batches.slice(pixels, from, Math.min(labels.length, from + size));
          INDArray inputs = how.apply(some)) {
        int[] part = network.predict(inputs);
        System.arraycopy(part, 0, predicted, from, part.length);
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
    return Optional.of(predicted);
  }

  /**
   * Half of the images say which output each class most often has, the other half whether that is
   * so: with few images of many classes an order that fits them can always be found.
   */
  private Optional<Finding> renumbered(int[] predicted) {
    int half = labels.length / 2;
    int[] output = Matching.of(predicted, labels, half, Math.toIntExact(network.classes()));
    Hits other = Hits.of(predicted, Matching.expected(output, labels)).from(half);
    Hits right = Hits.of(predicted, labels).from(half);
    if (!other.isBetterThan(right)) {
      return Optional.empty();
    }
    int moved =
        IntStream.range(0, output.length)
            .filter(c -> output[c] >= 0 && output[c] != c)
            .findFirst()
            .orElse(0);
    String text =
        String.format(
            Locale.ROOT,
            "The network is right on %d of %d images, but would be on %d if its classes were in another order: images of class %d mostly get output %d. Maybe give the classes in the network's order, with the data's 'classes' or the model's 'class-names'.",
            right.count(),
            labels.length - half,
            other.count(),
            moved,
            output[moved]);
    return Optional.of(new Finding(other.share(), text));
  }
}

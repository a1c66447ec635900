package org.explain4j.metrics.robustness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.explain4j.api.ExampleBatch;
import org.explain4j.metrics.features.Maps;
import org.explain4j.metrics.features.Vectors;
import org.explain4j.network.Activations;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.arrays.Batches;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The quotients that the relative stabilities share, over neighbours with the same prediction. */
record RelativeStability(Neighbours neighbours, int draws, Neighbours.Maker maker) {
  private static final double LEAST = 1e-6;

  /** The largest quotient of each example. */
  double[] largest(double[][] denominators) {
    return Arrays.stream(quotients(numerators(), denominators, same()))
        .mapToDouble(Vectors::largestOfKnown)
        .toArray();
  }

  boolean[][] same() {
    return neighbours.samePrediction(draws, maker);
  }

  static double[][] quotients(double[][] numerators, double[][] denominators, boolean[][] same) {
    double[][] quotients = new double[numerators.length][];
    for (int i = 0; i < quotients.length; i++) {
      int example = i;
      quotients[i] = numerators[i].clone();
      Arrays.setAll(
          quotients[i],
          k ->
              same[example][k]
                  ? quotients[example][k] / Math.max(denominators[example][k], LEAST)
                  : Double.NaN);
    }
    return quotients;
  }

  double[][] numerators() {
    return neighbours.compare(draws, maker, (change, map, other) -> relative(map, other));
  }

  /** Relative changes of the input. */
  double[][] inputs() {
    double[][] changes = new double[neighbours.count()][draws];
    for (int i = 0; i < changes.length; i++) {
      int example = i;
      double[] picture = neighbours.picture(i);
      Arrays.setAll(changes[i], k -> relative(picture, neighbours.neighbour(maker, example, k)));
    }
    return changes;
  }

  /** Changes of the logits. */
  double[][] outputs() {
    ExampleBatch.Evaluator logits = (batch, classes) -> classifierLogits(batch);
    double[][] clean = clean(logits);
    double[][] changes = new double[neighbours.count()][draws];
    neighbours.each(
        draws,
        maker,
        logits,
        (example, k, rows, offset) ->
            changes[example][k] =
                Vectors.distance(
                    clean[example],
                    Arrays.copyOfRange(rows, offset, offset + clean[example].length)));
    return changes;
  }

  private INDArray classifierLogits(INDArray batch) {
    return neighbours.evaluation().classifier().logits(batch);
  }

  /** Relative changes of a node's output. */
  double[][] layer(Node node) {
    Network network = neighbours.evaluation().network();
    ExampleBatch.Evaluator output =
        (batch, classes) -> {
          try (Activations activations = network.forward(batch)) {
            return activations.output(node).dup('c');
          }
        };
    double[][] clean = clean(output);
    double[][] changes = new double[neighbours.count()][draws];
    neighbours.each(
        draws,
        maker,
        output,
        (example, k, rows, offset) ->
            changes[example][k] =
                relative(
                    clean[example],
                    Arrays.copyOfRange(rows, offset, offset + clean[example].length)));
    return changes;
  }

  /** The node of this name, or by default the last one with weights before the logits. */
  Node node(Optional<String> name) {
    Network network = neighbours.evaluation().network();
    if (name.isPresent()) {
      return network.node(name.get());
    }
    List<Node> linear = network.linearNodes();
    return linear.get(Math.max(0, linear.size() - 2));
  }

  /** What is given for each example itself. */
  private double[][] clean(ExampleBatch.Evaluator evaluator) {
    List<double[]> clean = new ArrayList<>();
    int[] classes = neighbours.evaluation().classes();
    int size = neighbours.examples().classifier().batchSize();
    for (INDArray batch : Batches.of(neighbours.evaluation().inputs(), size)) {
      try (batch;
          INDArray rows = evaluator.apply(batch, classes)) {
        clean.addAll(List.of(Maps.rows(rows)));
      }
    }
    return clean.toArray(double[][]::new);
  }

  /** The norm of the change relative to each element. */
  private static double relative(double[] from, double[] to) {
    double sum = 0;
    for (int i = 0; i < from.length; i++) {
      double change = (from[i] - to[i]) / (from[i] == 0 ? LEAST : from[i]);
      sum += change * change;
    }
    return Math.sqrt(sum);
  }
}

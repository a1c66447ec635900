package org.explain4j.metrics.robustness;

import java.util.Arrays;
import org.explain4j.api.ExampleBatch;
import org.explain4j.api.Metric.Evaluation;
import org.explain4j.metrics.features.Maps;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The engine of all metrics that change the input and compare explanations: examples with their
 * explanations, and neighbours of each. Neighbours of all examples are explained in full batches.
 *
 * @param maps the explanation of each example
 */
record Neighbours(Evaluation evaluation, ExampleBatch examples, double[][] maps) {

  static Neighbours of(Evaluation evaluation) {
    return new Neighbours(
        evaluation,
        ExampleBatch.of(evaluation.classifier(), evaluation.inputs(), evaluation.classes()),
        Maps.rows(evaluation.attributions()));
  }

  /** Writes all numbers of one neighbour of an example. */
  @FunctionalInterface
  interface Maker {
    void write(int example, int draw, double[] target);
  }

  /**
   * A number of one neighbour.
   *
   * @see Neighbours#compare
   */
  @FunctionalInterface
  interface Measure {
    /**
     * @param change of the input
     * @param map of the example
     * @param other that of the neighbour
     */
    double of(double[] change, double[] map, double[] other);
  }

  /** The numbers of an example. */
  double[] picture(int example) {
    int start = examples.start(example);
    return Arrays.copyOfRange(examples.values(), start, start + examples.size());
  }

  int count() {
    return examples.count();
  }

  /**
   * What is measured for each example and draw.
   *
   * @return {@code [example][draw]}
   */
  double[][] compare(int draws, Maker maker, Measure measure) {
    double[][] values = new double[count()][draws];
    each(
        draws,
        maker,
        evaluation.attributor()::attribute,
        (example, draw, rows, offset) -> {
          double[] other = Arrays.copyOfRange(rows, offset, offset + examples.size());
          double[] change = neighbour(maker, example, draw);
          double[] picture = picture(example);
          Arrays.setAll(change, i -> change[i] - picture[i]);
          values[example][draw] = measure.of(change, maps[example], other);
        });
    return values;
  }

  /** Hands on the rows that something gives all neighbours. */
  void each(int draws, Maker maker, ExampleBatch.Evaluator evaluator, ExampleBatch.Taker taker) {
    examples.each(draws, maker::write, evaluator, taker);
  }

  /** A neighbour as the network sees it: a float32 network rounds. */
  double[] neighbour(Maker maker, int example, int draw) {
    double[] neighbour = new double[examples.size()];
    maker.write(example, draw, neighbour);
    boolean narrow = examples.classifier().dataType() != DataType.DOUBLE;
    if (narrow) {
      Arrays.setAll(neighbour, i -> (float) neighbour[i]);
    }
    return neighbour;
  }

  /** Whether each neighbour has its example's prediction, {@code [example][draw]}. */
  boolean[][] samePrediction(int draws, Maker maker) {
    int[] predicted = evaluation.classifier().predict(evaluation.inputs());
    boolean[][] same = new boolean[count()][draws];
    each(
        draws,
        maker,
        (batch, classes) -> evaluation.classifier().logits(batch),
        (example, draw, rows, offset) -> {
          int classes = (int) evaluation.classifier().classes();
          int best = 0;
          for (int c = 1; c < classes; c++) {
            best = rows[offset + c] > rows[offset + best] ? c : best;
          }
          same[example][draw] = best == predicted[example];
        });
    return same;
  }
}

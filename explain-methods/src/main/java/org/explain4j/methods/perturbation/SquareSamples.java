package org.explain4j.methods.perturbation;

import java.util.stream.IntStream;
import org.explain4j.api.ExampleBatch;
import org.explain4j.network.arrays.Workers;

/**
 * Zintgraf's samples of each square in turn, and the evidence that is lost with them. The Gaussians
 * of the current squares are fitted on several threads.
 */
final class SquareSamples implements ExampleBatch.Maker {
  private final ExampleBatch examples;
  private final Squares squares;
  private final float[] references;
  private final PredictionDifference settings;
  private ConditionalGaussian[] window = {};
  private int start; // the window's first square

  SquareSamples(
      ExampleBatch examples, Squares squares, float[] references, PredictionDifference settings) {
    this.examples = examples;
    this.squares = squares;
    this.references = references;
    this.settings = settings;
  }

  /** The weight of evidence of every value. */
  double[] evidence() {
    double[] clean = new double[examples.count()];
    double[] without = new double[examples.count() * squares.count()];
    examples.each(
        1 + squares.count() * settings.samples(), // the first variant is the clean example
        this,
        examples::probabilities,
        (example, variant, rows, offset) -> {
          if (variant == 0) {
            clean[example] = rows[offset];
          } else {
            without[example * squares.count() + square(variant)] +=
                rows[offset] / settings.samples();
          }
        });
    double[] result = new double[examples.values().length];
    for (int i = 0; i < without.length; i++) {
      int example = i / squares.count();
      double lost = logOdds(clean[example]) - logOdds(without[i]);
      int from = examples.start(example);
      squares.each(i % squares.count(), j -> result[from + j] += lost / squares.cover(j));
    }
    return result;
  }

  @Override
  public void prepare(int first, int last) {
    int from = square(Math.max(1, first));
    int to = square(Math.max(1, last));
    if (from >= start && to < start + window.length) {
      return;
    }
    int end = Math.min(squares.count(), Math.max(to + 1, from + Workers.threads()));
    ConditionalGaussian[] next = new ConditionalGaussian[end - from];
    Workers.forEach(
        next.length,
        i -> {
          int known = from + i - start;
          boolean kept = known >= 0 && known < window.length;
          next[i] = kept ? window[known] : gaussian(from + i);
        });
    window = next;
    start = from;
  }

  @Override
  public void write(int example, int variant, double[] target) {
    System.arraycopy(examples.values(), examples.start(example), target, 0, examples.size());
    if (variant > 0) {
      window[square(variant) - start].draw(
          examples.values(),
          examples.start(example),
          examples.random(example, settings.seed(), variant),
          target);
    }
  }

  private int square(int variant) {
    return (variant - 1) / settings.samples();
  }

  private ConditionalGaussian gaussian(int square) {
    IntStream.Builder drawn = IntStream.builder();
    squares.each(square, drawn::add);
    IntStream.Builder given = IntStream.builder();
    squares.around(square, settings.surround(), given::add);
    return new ConditionalGaussian(
        references,
        examples.size(),
        drawn.build().toArray(),
        given.build().toArray(),
        settings.ridge());
  }

  private double logOdds(double probability) {
    double n = (double) references.length / examples.size();
    double corrected = (probability * n + 1) / (n + examples.classifier().classes());
    return Math.log(corrected / (1 - corrected)) / Math.log(2);
  }
}

package org.explain4j.methods.explainers;

import java.util.stream.IntStream;
import org.explain4j.api.Attributor;
import org.explain4j.api.Explainer;
import org.explain4j.api.Group;
import org.explain4j.api.Subject;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Prediction Difference Analysis (Zintgraf et al. 2017, arXiv 1702.04595): the weight of evidence
 * {@code log2 odds(c|x) - log2 odds(c|x without a square)}, where the square is marginalised out by
 * samples from a Gaussian given the pixels around it, fitted to the training data at its place. A
 * pixel gets the mean of its squares. Probabilities are Laplace-corrected: {@code (p n + 1) / (n +
 * classes)}. The authors clip samples to the data's range; here they are left as drawn.
 *
 * @param patch side of the square in pixels
 * @param stride pixels between squares, at most patch; the authors' is 1
 * @param surround pixels around the square that the Gaussian is conditioned on
 * @param samples per square
 * @param ridge added to the Gaussian's variances, as a fraction of their mean
 * @param seed at least 1; with an example's content it decides the samples
 */
public record PredictionDifference(
    int patch, int stride, int surround, int samples, double ridge, long seed)
    implements Explainer {

  public PredictionDifference {
    Keys.checkCount("stride", stride);
    Keys.checkCount("samples", samples);
    Keys.checkSeed(seed);
    if (stride > patch || surround < 0 || !(ridge > 0)) {
      throw new IllegalArgumentException(
          "The stride (%d) must not exceed the patch (%d), the surround (%d) not be negative, the ridge (%s) be positive."
              .formatted(stride, patch, surround, ridge));
    }
  }

  public PredictionDifference() {
    this(4, 2, 2, 10, 1e-3, 1);
  }

  @Override
  public String id() {
    return "prediction-difference";
  }

  @Override
  public String summary() {
    return "Evidence lost when a square is marginalised out (Zintgraf et al. 2017)";
  }

  @Override
  public Group group() {
    return Group.ATTRIBUTION;
  }

  @Override
  public Attributor bind(Subject subject) {
    Images images = Images.of(subject.network(), this);
    Squares squares = Squares.of(images, patch, stride);
    float[] references = subject.reference().get().castTo(DataType.FLOAT).dup('c').data().asFloat();
    return (inputs, classes) ->
        Chunk.attribute(
            subject.network(), inputs, classes, chunk -> evidence(chunk, squares, references));
  }

  private double[] evidence(Chunk chunk, Squares squares, float[] references) {
    double[] clean = new double[chunk.count()];
    double[] without = new double[chunk.count() * squares.count()];
    ConditionalGaussian[] current = new ConditionalGaussian[1]; // of the square being sampled
    int[] square = {-1};
    chunk.each(
        1 + squares.count() * samples, // the first variant is the clean example
        (example, variant, target, offset) -> {
          System.arraycopy(chunk.values(), chunk.start(example), target, offset, chunk.size());
          if (variant > 0) {
            int now = (variant - 1) / samples;
            if (now != square[0]) {
              square[0] = now;
              current[0] = gaussian(squares, now, references, chunk.size());
            }
            current[0].draw(
                chunk.values(),
                chunk.start(example),
                Keys.random(chunk.key(example), seed, variant),
                target,
                offset);
          }
        },
        chunk::probabilities,
        (example, variant, rows, offset) -> {
          if (variant == 0) {
            clean[example] = rows[offset];
          } else {
            int place = example * squares.count() + (variant - 1) / samples;
            without[place] += rows[offset] / samples;
          }
        });
    double[] result = new double[chunk.values().length];
    double n = (double) references.length / chunk.size();
    long k = chunk.network().classes();
    for (int i = 0; i < without.length; i++) {
      int example = i / squares.count();
      double lost = logOdds(clean[example], n, k) - logOdds(without[i], n, k);
      int start = chunk.start(example);
      squares.each(i % squares.count(), j -> result[start + j] += lost / squares.cover(j));
    }
    return result;
  }

  private ConditionalGaussian gaussian(Squares squares, int square, float[] references, int size) {
    IntStream.Builder drawn = IntStream.builder();
    squares.each(square, drawn::add);
    IntStream.Builder given = IntStream.builder();
    squares.around(square, surround, given::add);
    return new ConditionalGaussian(
        references, size, drawn.build().toArray(), given.build().toArray(), ridge);
  }

  private static double logOdds(double probability, double n, long classes) {
    double corrected = (probability * n + 1) / (n + classes);
    return Math.log(corrected / (1 - corrected)) / Math.log(2);
  }
}

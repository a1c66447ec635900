package org.explain4j.metrics.randomisation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.explain4j.api.ExampleBatch;
import org.explain4j.api.Extension;
import org.explain4j.api.Metric;
import org.explain4j.api.Propagation;
import org.explain4j.metrics.features.Maps;
import org.explain4j.metrics.similarity.Correlation;
import org.explain4j.network.Activations;
import org.explain4j.network.Classifier;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.arrays.Batches;
import org.explain4j.network.propagation.Composite;
import org.explain4j.network.propagation.PropagationRule;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Cosine similarity convergence (Sixt et al. 2020, arXiv 1912.09818, section 5): two random vectors
 * at the logits are passed down; the cosine of what arrives at the input of each layer with weights
 * tells whether the method forgets what it was asked. 1 is convergence: the map does not depend on
 * the class. Cosines are taken without their sign, because two opposite vectors are on the same
 * line.
 *
 * <p>Curve {@code cosine} over the layers from the logits down, medians over the pairs; score
 * {@code cosine}: that at the lowest layer, lower is better. Missing for methods that are not one
 * backward pass, and where a vector becomes 0.
 *
 * @param pairs of random vectors, the same for all images
 * @param seed at least 1
 */
public record CosineSimilarityConvergence(int pairs, long seed) implements Metric {
  public CosineSimilarityConvergence() {
    this(5, 1);
  }

  public CosineSimilarityConvergence {
    Extension.requireCount("pairs", pairs);
    Extension.requireSeed(seed);
  }

  @Override
  public String id() {
    return "cosine-similarity-convergence";
  }

  @Override
  public String summary() {
    return "Whether the backward pass forgets the class (Sixt et al. 2020)";
  }

  @Override
  public String family() {
    return "randomisation";
  }

  @Override
  public Cost cost(Classifier classifier) {
    return new Cost(0, 2.0 * pairs);
  }

  @Override
  public Result evaluate(Evaluation evaluation) {
    int classes = Math.toIntExact(evaluation.network().classes());
    double[][] vectors = new double[2 * pairs][classes];
    for (int v = 0; v < vectors.length; v++) {
      SplittableRandom random = ExampleBatch.sharedRandom(seed, v);
      Arrays.setAll(vectors[v], c -> random.nextGaussian());
    }
    double[][] cosines = cosines(evaluation, vectors);
    double[] x =
        IntStream.rangeClosed(1, evaluation.network().linearNodes().size())
            .asDoubleStream()
            .toArray();
    double[] last = Arrays.stream(cosines).mapToDouble(row -> row[row.length - 1]).toArray();
    return new Result(
        List.of(new Score("cosine", Direction.LOWER_IS_BETTER, last)),
        List.of(new Curve("cosine", "layers from the logits down", "cosine", x, cosines)));
  }

  /**
   * Medians over pairs, for each image and layer from the logits down.
   *
   * @param vectors pairs, one after the other
   */
  static double[][] cosines(Evaluation evaluation, double[][] vectors) {
    List<Node> nodes = new ArrayList<>(evaluation.network().linearNodes());
    Collections.reverse(nodes);
    int count = evaluation.classes().length;
    double[][] medians = new double[count][nodes.size()];
    Arrays.stream(medians).forEach(row -> Arrays.fill(row, Double.NaN));
    if (evaluation.attributor() instanceof Propagation propagation) {
      int first = 0;
      for (INDArray batch : Batches.of(evaluation.inputs(), evaluation.network().batchSize())) {
        try (batch) {
          first += add(medians, first, new Descent(propagation, nodes, batch), vectors);
        }
      }
    }
    return medians;
  }

  private static int add(double[][] medians, int first, Descent descent, double[][] vectors) {
    List<List<double[][]>> arrived = new ArrayList<>();
    for (double[] vector : vectors) {
      arrived.add(descent.of(vector));
    }
    int rows = (int) descent.batch.size(0);
    for (int i = 0; i < rows; i++) {
      for (int layer = 0; layer < descent.nodes.size(); layer++) {
        double[] cosines = new double[vectors.length / 2];
        for (int pair = 0; pair < cosines.length; pair++) {
          cosines[pair] =
              Math.abs(
                  Correlation.cosine(
                      arrived.get(2 * pair).get(layer)[i],
                      arrived.get(2 * pair + 1).get(layer)[i]));
        }
        medians[first + i][layer] = median(cosines);
      }
    }
    return rows;
  }

  private static double median(double... values) {
    double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
    int n = sorted.length;
    return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  /** What arrives at the input of each node. */
  private record Descent(Propagation propagation, List<Node> nodes, INDArray batch) {
    List<double[][]> of(double[] vector) {
      Network network = propagation.network();
      double[][][] arrived = new double[nodes.size()][][];
      Composite composite = propagation.composite();
      for (int n = 0; n < nodes.size(); n++) {
        int index = n;
        PropagationRule rule = composite.ruleOf(nodes.get(n));
        composite =
            composite.with(
                List.of(nodes.get(n)),
                (site, message) -> {
                  List<INDArray> down = rule.propagate(site, message);
                  arrived[index] = Maps.rows(down.get(0));
                  return down;
                });
      }
      try (Activations activations = network.forward(batch);
          INDArray start = Nd4j.createFromArray(vector).castTo(network.dataType());
          INDArray starts = start.reshape(1, vector.length).repeat(0, batch.size(0));
          INDArray unused = composite.backward(network, activations, starts)) {
        return Arrays.asList(arrived);
      }
    }
  }
}

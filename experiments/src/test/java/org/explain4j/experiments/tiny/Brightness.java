package org.explain4j.experiments.tiny;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.explain4j.api.Metric;
import org.explain4j.network.Classifier;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A metric with a score, a curve, a baseline and a note. */
public record Brightness() implements Metric {
  /** Of the baseline. */
  public static final int SEEDS = 12;

  @Override
  public String id() {
    return "brightness";
  }

  @Override
  public String summary() {
    return "for tests";
  }

  @Override
  public String family() {
    return "tests";
  }

  @Override
  public Result evaluate(Evaluation evaluation) {
    INDArray flat = evaluation.attributions().reshape('c', evaluation.attributions().size(0), -1);
    return result(flat.mean(1).toDoubleVector(), flat.max(1).toDoubleVector());
  }

  /** Seed s has s times the brightness of the image itself. */
  @Override
  public List<Result> baseline(Images images) {
    INDArray inputs = images.inputs();
    INDArray flat = inputs.reshape('c', inputs.size(0), -1);
    return IntStream.rangeClosed(1, SEEDS)
        .mapToObj(s -> result(flat.mean(1).mul(s).toDoubleVector(), flat.max(1).toDoubleVector()))
        .toList();
  }

  private static Result result(double[] means, double[] largest) {
    double[][] curve = new double[means.length][];
    for (int i = 0; i < means.length; i++) {
      curve[i] = new double[] {means[i], largest[i]};
    }
    return new Result(
        List.of(new Score("mean", Direction.HIGHER_IS_BETTER, means)),
        List.of(new Curve("mean-to-max", "what", "value", new double[] {0, 1}, curve)));
  }

  @Override
  public Map<String, String> notes(Classifier classifier) {
    return Map.of("classes", Long.toString(classifier.classes()));
  }
}

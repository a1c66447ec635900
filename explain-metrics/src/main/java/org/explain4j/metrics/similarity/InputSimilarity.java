package org.explain4j.metrics.similarity;

import java.util.Arrays;
import java.util.List;
import org.explain4j.api.Metric;
import org.explain4j.network.arrays.Workers;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How much an attribution looks like the input that it explains, as the network takes it.
 * Kindermans et al., section 4.3: a signal should, without rectifiers that the network does not
 * have. It says nothing of faithfulness: the input itself is most similar.
 *
 * <p>{@code correlation}: Pearson's, over all values of an example. {@code ssim}: structural
 * similarity of each channel, mean over channels; both images are divided by their largest absolute
 * value first, and the range of values is that of both. Missing where attribution or input is
 * constant; {@code ssim} also for inputs that are no images.
 */
public record InputSimilarity() implements Metric {
  private static final int IMAGE = 4;

  @Override
  public String id() {
    return "input-similarity";
  }

  @Override
  public String summary() {
    return "Correlation and structural similarity of an attribution and its input";
  }

  @Override
  public String family() {
    return "similarity";
  }

  @Override
  public Result evaluate(Evaluation evaluation) {
    INDArray inputs = evaluation.inputs();
    int n = (int) inputs.size(0);
    double[] correlations = new double[n];
    double[] structures = new double[n];
    Workers.forEach(
        n,
        i -> {
          double[] x = values(inputs, i);
          double[] a = values(evaluation.attributions(), i);
          correlations[i] = Correlation.pearson(x, a);
          structures[i] = inputs.rank() == IMAGE ? structure(x, a, inputs.shape()) : Double.NaN;
        });
    return new Result(
        List.of(
            new Score("correlation", Direction.HIGHER_IS_BETTER, correlations),
            new Score("ssim", Direction.HIGHER_IS_BETTER, structures)),
        List.of());
  }

  private static double[] values(INDArray batch, int example) {
    INDArray own = batch.slice(example);
    return own.dup('c').reshape(own.length()).toDoubleVector();
  }

  private static double structure(double[] x, double[] a, long[] shape) {
    if (Correlation.isConstant(x) || Correlation.isConstant(a)) {
      return Double.NaN;
    }
    double[] one = StructuralSimilarity.scaled(x);
    double[] other = StructuralSimilarity.scaled(a);
    double range = StructuralSimilarity.range(one, other);
    StructuralSimilarity similarity = StructuralSimilarity.of((int) shape[2], (int) shape[3]);
    int channels = (int) shape[1];
    int pixels = x.length / channels;
    double sum = 0;
    for (int c = 0; c < channels; c++) {
      int from = c * pixels;
      sum +=
          similarity.of(
              Arrays.copyOfRange(one, from, from + pixels),
              Arrays.copyOfRange(other, from, from + pixels),
              range);
    }
    return sum / channels;
  }
}

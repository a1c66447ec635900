package org.explain4j.methods.paths;

import java.util.List;
import org.explain4j.methods.rules.ChannelValues;
import org.explain4j.network.Network;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Attributions relative to a baseline x' are complete if their sum is {@code f_c(x) - f_c(x')}
 * (Sundararajan et al. 2017, arXiv 1703.01365, Proposition 1).
 *
 * @param baseline x', per channel or one for all, in units of the network's input
 */
public record Completeness(Network network, List<Double> baseline) {

  /**
   * The sum of attributions minus {@code f_c(x) - f_c(x')}, per example.
   *
   * @param inputs {@code [n,c,h,w]} or {@code [n,d]}
   * @param attributions of the same shape
   */
  public double[] gaps(INDArray inputs, int[] classes, INDArray attributions) {
    double[] gaps = new double[classes.length];
    try (INDArray from = ChannelValues.examples(baseline, inputs, 1);
        INDArray at = network.logits(inputs);
        INDArray start = network.logits(from)) {
      for (int i = 0; i < gaps.length; i++) {
        double change = at.getDouble(i, classes[i]) - start.getDouble(0, classes[i]);
        gaps[i] = attributions.slice(i).sumNumber().doubleValue() - change;
      }
    }
    return gaps;
  }
}

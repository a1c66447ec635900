package org.explain4j.methods.masking;

import org.explain4j.network.Activations;
import org.explain4j.network.Network;
import org.explain4j.network.propagation.Composite;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The paper's Eq. 3 for a mask m, an image x and an alternative image a: {@code smoothness * TV(m)
 * + area * mean(m) - log f_c(m x + (1-m) a) + removed * f_c((1-m) x + m a)^power}, where TV is the
 * sum of squared differences of neighbouring pixels.
 *
 * <p>A mask for a class that the image does not show must be empty: there the last two terms are
 * {@code - log f_c((1-m) x + m a)}, where c is the class that it does show, as in the authors'
 * code.
 */
public record MaskingLoss(double smoothness, double area, double removed, double power) {

  /**
   * What is masked.
   *
   * @param images {@code [n,c,h,w]}
   * @param alternatives what is shown where the mask hides the image, likewise
   * @param shown the classes that the images show
   * @param present whether the mask is for that class, or for another
   */
  record Batch(INDArray images, INDArray alternatives, int[] shown, boolean[] present) {}

  /**
   * A mean over the batch.
   *
   * @param gradient in the masks, {@code [n,1,h,w]}
   */
  record Value(double loss, INDArray gradient) {}

  Value of(Network network, Batch batch, INDArray mask) {
    try (INDArray difference = batch.images().sub(batch.alternatives());
        INDArray part = difference.mul(mask);
        INDArray kept = batch.alternatives().add(part);
        INDArray rest = batch.images().sub(part);
        INDArray both = Nd4j.concat(0, kept, rest);
        Activations activations = network.forward(both);
        INDArray logits = activations.logits().reshape('c', both.size(0), -1).dup('c');
        INDArray start = Transforms.softmax(logits, true)) {
      double loss = residuals(batch, start);
      try (INDArray down = Composite.gradient().backward(network, activations, start)) {
        int n = batch.shown().length;
        INDArray halves = down.reshape('c', 2, down.length() / 2);
        INDArray change = halves.getRow(0).sub(halves.getRow(1)).reshape('c', difference.shape());
        INDArray gradient = change.muli(difference).sum(true, 1);
        return new Value(loss + regularise(mask, gradient, n), gradient);
      }
    }
  }

  /** Turns probabilities into gradients of the classification terms in the logits. */
  private double residuals(Batch batch, INDArray probabilities) {
    int n = batch.shown().length;
    double loss = 0;
    for (int i = 0; i < n; i++) {
      int shown = batch.shown()[i];
      double kept = probabilities.getDouble(i, shown);
      double rest = probabilities.getDouble(n + i, shown);
      boolean present = batch.present()[i];
      double raised = removed * Math.pow(rest, power);
      loss += present ? -log(kept) + raised : -log(rest);
      scale(probabilities, i, shown, present ? 1.0 / n : 0);
      scale(probabilities, n + i, shown, (present ? -power * raised : 1) / n);
    }
    return loss / n;
  }

  /** {@code factor * (p - one-hot)}. */
  private static void scale(INDArray probabilities, int row, int shown, double factor) {
    probabilities.putScalar(row, shown, probabilities.getDouble(row, shown) - 1);
    probabilities.getRow(row).muli(factor);
  }

  private static double log(double probability) {
    return Math.log(Math.max(probability, Double.MIN_NORMAL));
  }

  private double regularise(INDArray mask, INDArray gradient, int n) {
    int height = (int) mask.size(2);
    int width = (int) mask.size(3);
    double[] m = mask.dup('c').data().asDouble();
    double[] g = gradient.dup('c').data().asDouble();
    double loss = 0;
    for (int i = 0; i < m.length; i++) {
      loss += area * m[i] / (height * width);
      g[i] += area / ((double) n * height * width);
      int right = i % width + 1 < width ? i + 1 : i;
      int below = i / width % height + 1 < height ? i + width : i;
      for (int neighbour : new int[] {right, below}) {
        double step = m[neighbour] - m[i];
        loss += smoothness * step * step;
        g[neighbour] += 2 * smoothness * step / n;
        g[i] -= 2 * smoothness * step / n;
      }
    }
    gradient.assign(Nd4j.createFromArray(g).reshape('c', gradient.shape()));
    return loss / n;
  }
}

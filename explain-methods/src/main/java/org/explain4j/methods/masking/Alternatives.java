package org.explain4j.methods.masking;

import java.util.SplittableRandom;
import org.explain4j.methods.images.SeparableMap;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * What is shown where a mask hides the image: at random, its blurred version or one colour with
 * noise. Proportions are those of the authors' code, whose images have a standard deviation near
 * 1/2.
 *
 * @param means of the channels over the reference examples
 * @param deviations of the channels
 */
record Alternatives(double[] means, double[] deviations, SeparableMap blur) {
  private static final double COLOURS = 2 / 3.0;
  private static final double NOISE = 0.22;
  private static final double BLUR = 0.05; // of the image's side

  static Alternatives of(INDArray references) {
    double side = (references.size(2) + references.size(3)) / 2.0;
    return new Alternatives(
        references.mean(0, 2, 3).toDoubleVector(),
        references.std(0, 2, 3).toDoubleVector(),
        SeparableMap.blur(
            (int) references.size(2),
            (int) references.size(3),
            Math.max(0.5, BLUR * side),
            references.dataType()));
  }

  /** An alternative for each image; {@code [n,c,h,w]}. */
  INDArray of(INDArray images, SplittableRandom random) {
    INDArray result = blur.apply(images.castTo(blur.rows().dataType())).castTo(images.dataType());
    int channels = means.length;
    double[] plane = new double[(int) (images.size(2) * images.size(3))];
    for (int i = 0; i < images.size(0); i++) {
      boolean blurred = random.nextBoolean();
      for (int c = 0; c < channels && !blurred; c++) {
        double colour = means[c] + deviations[c] * COLOURS * (2 * random.nextDouble() - 1);
        for (int p = 0; p < plane.length; p++) {
          plane[p] = colour + deviations[c] * NOISE * random.nextGaussian();
        }
        result
            .get(NDArrayIndex.point(i), NDArrayIndex.point(c))
            .assign(Nd4j.createFromArray(plane).reshape(images.size(2), images.size(3)));
      }
    }
    return result;
  }
}

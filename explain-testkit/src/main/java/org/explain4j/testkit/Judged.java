package org.explain4j.testkit;

import java.util.Optional;
import org.explain4j.api.Attributor;
import org.explain4j.api.Metric.Evaluation;
import org.explain4j.api.Metric.Explained;
import org.explain4j.api.Metric.Images;
import org.explain4j.api.Metric.Known;
import org.explain4j.api.Metric.Shared;
import org.explain4j.api.Start;
import org.explain4j.network.Classifier;
import org.explain4j.network.propagation.Composite;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a metric is given to judge in tests. */
final class Judged {
  private static final int REFERENCE = 6;

  private Judged() {}

  static Evaluation evaluation(Images images, Attributor gradient) {
    INDArray attributions = gradient.attribute(images.inputs(), images.classes());
    return new Evaluation(
        images,
        new Explained(
            gradient,
            attributions,
            (other, use) -> Attributor.of(other, Composite.gradient(), Start.ONE)));
  }

  /** With masks that belong to the images, and other images for reference. */
  static Images images(Classifier classifier, INDArray inputs, int[] classes) {
    INDArray masks = inputs.tensorAlongDimension(0, 0, 2, 3).dup('c');
    if (inputs.size(0) == 1) {
      masks = masks.reshape('c', 1, inputs.size(2), inputs.size(3));
    }
    masks = masks.gt(0.5).castTo(DataType.FLOAT);
    INDArray reference = Networks.inputs(classifier, REFERENCE, 8);
    Known known = new Known(Optional.of(masks), Optional.of(reference::dup));
    return new Images(classifier, inputs, classes.clone(), known, new Shared());
  }
}

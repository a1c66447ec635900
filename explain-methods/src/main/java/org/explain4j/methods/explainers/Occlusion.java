package org.explain4j.methods.explainers;

import java.util.List;
import org.explain4j.api.Attributor;
import org.explain4j.api.Explainer;
import org.explain4j.api.Group;
import org.explain4j.api.Subject;
import org.explain4j.methods.rules.ChannelValues;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Occlusion (Zeiler and Fergus 2014, doi:10.1007/978-3-319-10590-1_53): how much the output drops
 * when a square of the image is replaced by a baseline. A pixel under several squares gets their
 * mean, as in Captum; squares that hang over the edge are cut.
 *
 * @param patch side of the square in pixels
 * @param stride pixels between squares, at most patch
 * @param baseline per channel or one for all, in units of the network's input
 */
public record Occlusion(int patch, int stride, List<Double> baseline, Output output)
    implements Explainer {

  public Occlusion {
    baseline = List.copyOf(baseline);
    if (stride < 1 || stride > patch) {
      throw new IllegalArgumentException(
          "The stride (%d) must be from 1 to the patch (%d), so that no pixel is left out."
              .formatted(stride, patch));
    }
  }

  public Occlusion() {
    this(4, 2, List.of(0.0), Output.LOGIT);
  }

  @Override
  public String id() {
    return "occlusion";
  }

  @Override
  public String summary() {
    return "Drop of the output when a square is hidden (Zeiler and Fergus 2014)";
  }

  @Override
  public Group group() {
    return Group.ATTRIBUTION;
  }

  @Override
  public Attributor bind(Subject subject) {
    Squares squares = Squares.of(Images.of(subject.network(), this), patch, stride);
    return (inputs, classes) -> {
      double[] hidden;
      try (INDArray example = ChannelValues.examples(baseline, inputs, 1)) {
        hidden = example.castTo(DataType.DOUBLE).data().asDouble();
      }
      return Chunk.attribute(
          subject.network(), inputs, classes, chunk -> drops(chunk, squares, hidden));
    };
  }

  private double[] drops(Chunk chunk, Squares squares, double[] hidden) {
    double[] result = new double[chunk.values().length];
    double[] clean = new double[chunk.count()];
    chunk.each(
        1 + squares.count(), // the first variant is the clean example
        (example, variant, target, offset) -> {
          System.arraycopy(chunk.values(), chunk.start(example), target, offset, chunk.size());
          if (variant > 0) {
            squares.each(variant - 1, i -> target[offset + i] = hidden[i]);
          }
        },
        output.of(chunk),
        (example, variant, rows, offset) -> {
          if (variant == 0) {
            clean[example] = rows[offset];
          } else {
            double drop = clean[example] - rows[offset];
            int start = chunk.start(example);
            squares.each(variant - 1, i -> result[start + i] += drop / squares.cover(i));
          }
        });
    return result;
  }
}

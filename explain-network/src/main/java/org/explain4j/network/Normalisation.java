package org.explain4j.network;

import java.util.List;
import java.util.Locale;
import org.explain4j.network.kernels.NeighbourKernels;
import org.explain4j.network.kernels.NormalisationKernels;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Divides each number by a statistic of its own example. It has no weights: the scale and shift
 * that most networks apply afterwards are an {@link Affine} layer, which may be folded into what
 * follows. Batch normalisation, whose statistics are constants, is {@link Affine} too.
 */
public record Normalisation(Statistics statistics) implements UnaryLayer {

  /** What a number is compared with. */
  public sealed interface Statistics permits Groups, Channels, Neighbours {}

  /**
   * {@code (x - mean) / sqrt(variance + epsilon)} over all pixels of a group of channels: layer
   * normalisation with one group, instance normalisation with as many as channels (Wu & He, arXiv
   * 1803.08494).
   *
   * @param groups of neighbouring channels, of the same size
   * @param epsilon added to the variance; positive
   */
  public record Groups(int groups, double epsilon) implements Statistics {
    public Groups {
      requirePositive("number of groups", groups);
      requirePositive("epsilon", epsilon);
    }
  }

  /**
   * The same over all channels at each position: layer normalisation of images whose channels come
   * last, as in ConvNeXt.
   *
   * @param epsilon added to the variance; positive
   */
  public record Channels(double epsilon) implements Statistics {
    public Channels {
      requirePositive("epsilon", epsilon);
    }
  }

  /**
   * Local response normalisation as ONNX defines it: {@code x / (bias + alpha / size * sum
   * x^2)^beta}, summed at each position over {@code size} channels, from {@code floor((size - 1) /
   * 2)} before the number's own to {@code ceil((size - 1) / 2)} behind it.
   *
   * @param bias positive
   */
  public record Neighbours(int size, double alpha, double beta, double bias) implements Statistics {
    public Neighbours {
      requirePositive("size", size);
      requirePositive("bias", bias);
      if (!(alpha >= 0) || Double.isNaN(beta)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "Local response normalisation takes alpha >= 0 and a number beta, not %s and %s.",
                alpha,
                beta));
      }
    }
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "A normalisation's %s (%s) must be positive.", name, value));
    }
  }

  /** Layer normalisation over all of an example. */
  public static Normalisation layer(double epsilon) {
    return new Normalisation(new Groups(1, epsilon));
  }

  @Override
  public LayerKind kind() {
    return LayerKind.NORMALISATION;
  }

  @Override
  public List<Long> outputShapeOf(List<Long> input) {
    if (statistics instanceof Groups groups
        && (input.isEmpty() || input.get(0) % groups.groups() != 0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A normalisation of %d groups of channels was given %s.",
              groups.groups(),
              input));
    }
    return input;
  }

  @Override
  public INDArray forward(INDArray input) {
    return statistics instanceof Neighbours neighbours
        ? NeighbourKernels.forward(input, neighbours)
        : NormalisationKernels.forward(input, statistics);
  }

  @Override
  public INDArray backward(INDArray input, INDArray output, INDArray gradient) {
    return secant(input, input, gradient);
  }

  /**
   * As {@link #backward} with slopes between two inputs in place of those at one: {@code y = cs} is
   * a product of the centred number c and of s, a function of the squares, so that products of
   * multipliers and differences add up to the output's difference.
   *
   * @param reference of the input's shape
   */
  public INDArray secant(INDArray input, INDArray reference, INDArray gradient) {
    return statistics instanceof Neighbours neighbours
        ? NeighbourKernels.secant(input, reference, gradient, neighbours)
        : NormalisationKernels.secant(input, reference, gradient, statistics);
  }

  /** As {@link #backward} with what a number is divided by taken for a constant. */
  public INDArray detached(INDArray input, INDArray gradient) {
    return statistics instanceof Neighbours neighbours
        ? NeighbourKernels.detached(input, gradient, neighbours)
        : NormalisationKernels.detached(input, gradient, statistics);
  }

  /** What each centred number is multiplied by, of the input's shape. */
  public INDArray factors(INDArray input) {
    return statistics instanceof Neighbours neighbours
        ? NeighbourKernels.factors(input, neighbours)
        : NormalisationKernels.factors(input, statistics);
  }
}

package org.explain4j.network.kernels;

import java.util.function.IntConsumer;
import org.explain4j.network.Convolution;
import org.explain4j.network.Shapes;
import org.explain4j.network.arrays.Buffers;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Convolutions of several groups and their adjoints where oneDNN does not run them, as in float64:
 * the native operations know no groups, so that each is a convolution of its own. Depthwise ones
 * have {@link DepthwiseKernels}.
 */
final class GroupKernels {
  private GroupKernels() {}

  static INDArray forward(Convolution layer, INDArray input) {
    long[] shape = Shapes.withBatch(input.size(0), layer.outputShapeOf(Shapes.example(input)));
    INDArray output = Buffers.uninitialized(input, shape);
    if (layer.isDepthwise()) {
      return DepthwiseKernels.forward(layer, input, output);
    }
    each(
        layer,
        group -> {
          try (INDArray own = part(layer, input, group).dup('c');
              INDArray result = layer.group(group).forward(own)) {
            part(layer, output, group).assign(result);
          }
        });
    return output;
  }

  static INDArray transpose(Convolution layer, INDArray gradient, long[] inputShape) {
    INDArray result = Buffers.uninitialized(gradient, inputShape);
    if (layer.isDepthwise()) {
      return DepthwiseKernels.transpose(layer, gradient, result);
    }
    long[] shape = inputShape.clone();
    shape[1] = layer.weights().size(1);
    each(
        layer,
        group -> {
          try (INDArray own = part(layer, gradient, group).dup('c');
              INDArray down = layer.group(group).transpose(own, shape)) {
            part(layer, result, group).assign(down);
          }
        });
    return result;
  }

  static INDArray weightGradient(Convolution layer, INDArray input, INDArray gradient) {
    INDArray result = Buffers.uninitialized(layer.weights(), layer.weights().shape());
    if (layer.isDepthwise()) {
      return DepthwiseKernels.weightGradient(layer, input, gradient, result);
    }
    long neurons = layer.neurons() / layer.groups();
    each(
        layer,
        group -> {
          try (INDArray own = part(layer, input, group).dup('c');
              INDArray arrived = part(layer, gradient, group).dup('c');
              INDArray sums = layer.group(group).weightGradient(own, arrived)) {
            result.get(NDArrayIndex.interval(group * neurons, (group + 1) * neurons)).assign(sums);
          }
        });
    return result;
  }

  private static void each(Convolution layer, IntConsumer work) {
    for (int group = 0; group < layer.groups(); group++) {
      work.accept(group);
    }
  }

  /** A group's channels of a batch of images. */
  private static INDArray part(Convolution layer, INDArray images, int group) {
    long each = images.size(1) / layer.groups();
    INDArrayIndex channels = NDArrayIndex.interval(group * each, (group + 1) * each);
    return images.get(NDArrayIndex.all(), channels);
  }
}

package org.explain4j.network;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer with a single input. */
public sealed interface UnaryLayer extends Layer
    permits LinearLayer,
        Affine,
        Activation,
        MaxPool,
        AveragePool,
        NormPool,
        Resize,
        Normalisation,
        Flatten,
        Reshape,
        Permute,
        ChannelSlice,
        Crop,
        ConstantPad,
        ZeroPad,
        ZeroStuff {

  /** As {@link Layer#outputShape(List)}. */
  List<Long> outputShapeOf(List<Long> input);

  /** As {@link Layer#forward(List)}. */
  INDArray forward(INDArray input);

  /** As {@link Layer#backward(List, INDArray, INDArray)}. */
  INDArray backward(INDArray input, INDArray output, INDArray gradient);

  @Override
  default List<Long> outputShape(List<List<Long>> inputs) {
    return outputShapeOf(Shapes.single(inputs));
  }

  @Override
  default INDArray forward(List<INDArray> inputs) {
    return forward(Shapes.single(inputs));
  }

  @Override
  default List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient) {
    return List.of(backward(Shapes.single(inputs), output, gradient));
  }
}

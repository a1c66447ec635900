package org.explain4j.methods.masking;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.explain4j.network.Convolution;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * One forward pass of a masking model. It holds off-heap memory and must be closed.
 *
 * @param maps the network's, coarsest first
 * @param match how well each place matches the class, {@code [n,1,h,w]}; its sigmoid filters
 * @param inputs of each level's convolution over what is above it; the coarsest has none
 * @param hidden outputs of the levels
 * @param small the mask at the finest level, {@code [n,1,h,w]}
 * @param mask {@code [n,1,h,w]} of the image's size, in [0,1]
 */
record MaskingPass(
    MaskingModel model,
    int[] classes,
    List<INDArray> maps,
    INDArray match,
    INDArray filtered,
    List<INDArray> inputs,
    List<INDArray> hidden,
    INDArray small,
    INDArray mask)
    implements AutoCloseable {

  static MaskingPass of(MaskingModel model, List<INDArray> maps, int[] classes) {
    INDArray coarsest = maps.get(0);
    INDArray match;
    INDArray filtered;
    try (INDArray sought = sought(model, classes);
        INDArray products = coarsest.mul(sought)) {
      match = products.sum(true, 1);
    }
    try (INDArray filter = Transforms.sigmoid(match, true)) {
      filtered = coarsest.mul(filter);
    }
    List<INDArray> inputs = new ArrayList<>();
    List<INDArray> hidden = new ArrayList<>();
    for (int i = 0; i < maps.size(); i++) {
      MaskingModel.Level level = model.levels().get(i);
      INDArray sum = level.beside().forward(i == 0 ? filtered : maps.get(i));
      if (i > 0) {
        inputs.add(level.enlargement().apply(hidden.get(i - 1)));
        try (INDArray above = level.above().forward(inputs.get(i - 1))) {
          sum.addi(above);
        }
      }
      hidden.add(Transforms.relu(sum, false));
    }
    INDArray small =
        Transforms.sigmoid(model.output().forward(hidden.get(hidden.size() - 1)), false);
    INDArray mask = model.enlargement().apply(small);
    return new MaskingPass(model, classes, maps, match, filtered, inputs, hidden, small, mask);
  }

  /** The embeddings of the classes, {@code [n,c,1,1]}. */
  private static INDArray sought(MaskingModel model, int[] classes) {
    return Nd4j.pullRows(model.embedding(), 1, classes)
        .reshape('c', classes.length, model.embedding().size(1), 1, 1);
  }

  /**
   * Gradients of a loss in the model's parameters, in their order.
   *
   * @param ofMask the loss's gradient in the mask, {@code [n,1,h,w]}
   * @param ofMatch its gradient in the match that does not come through the mask
   */
  List<INDArray> gradients(INDArray ofMask, INDArray ofMatch) {
    List<INDArray> gradients = new ArrayList<>(); // from the last parameter to the first
    INDArray message = model.enlargement().adjoint(ofMask);
    message.muli(small).muli(small.rsub(1));
    INDArray finest = hidden.get(hidden.size() - 1);
    gradients.add(message.sum(0, 2, 3));
    gradients.add(model.output().weightGradient(finest, message));
    message = model.output().transpose(message, finest.shape());
    for (int i = maps.size() - 1; i >= 0; i--) {
      MaskingModel.Level level = model.levels().get(i);
      try (INDArray open = hidden.get(i).gt(0).castTo(message.dataType())) {
        message.muli(open);
      }
      Convolution beside = level.beside();
      if (i > 0) {
        gradients.add(level.above().weightGradient(inputs.get(i - 1), message));
      }
      gradients.add(message.sum(0, 2, 3));
      gradients.add(beside.weightGradient(i == 0 ? filtered : maps.get(i), message));
      message =
          i == 0
              ? beside.transpose(message, filtered.shape())
              : level
                  .enlargement()
                  .adjoint(level.above().transpose(message, inputs.get(i - 1).shape()));
    }
    gradients.add(ofEmbedding(message, ofMatch));
    Collections.reverse(gradients);
    return gradients;
  }

  private INDArray ofEmbedding(INDArray ofFiltered, INDArray ofMatch) {
    INDArray filter = Transforms.sigmoid(match, true);
    INDArray slope = filter.mul(filter.rsub(1));
    INDArray whole = ofFiltered.mul(maps.get(0)).sum(true, 1).muli(slope).addi(ofMatch);
    INDArray rows = maps.get(0).mul(whole).sum(2, 3);
    INDArray gradient = model.embedding().like();
    for (int i = 0; i < classes.length; i++) {
      gradient.getRow(classes[i]).addi(rows.getRow(i));
    }
    return gradient;
  }

  @Override
  public void close() {
    maps.forEach(INDArray::close);
    inputs.forEach(INDArray::close);
    hidden.forEach(INDArray::close);
    List.of(match, filtered, small, mask).forEach(INDArray::close);
  }
}

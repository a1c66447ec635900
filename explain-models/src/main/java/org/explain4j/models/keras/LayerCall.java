package org.explain4j.models.keras;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.explain4j.models.graph.GraphAssembly;
import org.explain4j.network.Layer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A layer that is applied to inputs, while it is being translated. Its methods throw {@link
 * IllegalArgumentException} where layer, inputs or weights do not fit; who calls adds the layer's
 * name.
 *
 * @param name of the node that this becomes
 * @param inputs at least one
 * @param arrays of the file, as many as the layer has variables
 * @param flipped whether the file's kernels are those of true convolutions, as Theano had them
 * @param training whether the model asks for the behaviour of training, even when it predicts
 */
record LayerCall(
    GraphAssembly assembly,
    String name,
    LayerConfig settings,
    List<Variable> variables,
    List<StoredArray> arrays,
    List<Tensor> inputs,
    boolean flipped,
    boolean training) {

  /** The only input. */
  Tensor input() {
    require(inputs.size() == 1, "It takes one input, but has %d.", inputs.size());
    return inputs.get(0);
  }

  /** Keras' shape of the only input. */
  List<Long> shape() {
    return input().shape(assembly);
  }

  /** The only input as an image in the layer's own order of axes. */
  Tensor image() {
    require(
        input().rank() == 3, "It takes images, but its input is %s.", input().described(assembly));
    input().plain();
    return input().arranged(assembly, format(), name);
  }

  /** Keras' axes of images here. */
  List<Integer> format() {
    return settings.channelsLast() ? Tensor.CHANNELS_LAST : Tensor.CHANNELS_FIRST;
  }

  Tensor add(Layer layer, Tensor input) {
    return Tensor.of(assembly.add(name, layer, input.plain()), input.order());
  }

  boolean has(String variable) {
    return variables.stream().anyMatch(each -> each.name().equals(variable));
  }

  /** An array of the file, not read yet, whose shape was checked. */
  StoredArray stored(String variable, long... shape) {
    for (int i = 0; i < variables.size(); i++) {
      if (variables.get(i).name().equals(variable)) {
        StoredArray array = arrays.get(i);
        List<Long> expected = LongStream.of(shape).boxed().toList();
        require(
            array.shape().equals(expected),
            "Its %s must have the shape %s, but the file's '%s' has %s.",
            variable,
            expected,
            array.path(),
            array.shape());
        return array;
      }
    }
    throw new IllegalArgumentException("It has no " + variable + ".");
  }

  INDArray weight(String variable, long... shape) {
    return stored(variable, shape).read();
  }

  /** The bias, zeros where the layer has none. */
  INDArray bias(long neurons) {
    return has(Variable.BIAS)
        ? weight(Variable.BIAS, neurons)
        : Nd4j.zeros(DataType.FLOAT, neurons);
  }

  /** The output after the activation that the layer's settings name. */
  Tensor activated(Tensor linear) {
    return ActivationLayers.apply(this, settings.get("activation"), linear, name + ".relu");
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be one more dependency
  static void require(boolean condition, String message, Object... values) {
    if (!condition) {
      Object[] texts =
          Arrays.stream(values).map(v -> v instanceof long[] a ? Arrays.toString(a) : v).toArray();
      throw new IllegalArgumentException(String.format(Locale.ROOT, message, texts));
    }
  }
}

package org.explain4j.models.keras;

import static org.explain4j.models.keras.LayerCall.require;

import java.util.List;
import java.util.Locale;
import org.explain4j.models.graph.TransposedConvolution;
import org.explain4j.network.Convolution;
import org.explain4j.network.Dense;
import org.explain4j.network.Window;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Dense layers and convolutions. */
final class LinearLayers {
  private static final int[] ONE = {1, 1};

  private LinearLayers() {}

  /** On a vector, or on the last axis of what has more axes: a convolution of one pixel. */
  static Tensor dense(LayerCall call) {
    Tensor input = call.input();
    int last = input.rank() - 1;
    long units = call.settings().count("units", "output_dim");
    long features = call.shape().get(last);
    List<Integer> order =
        switch (input.rank()) {
          case 1 -> Tensor.VECTOR;
          case 2 -> List.of(1, 0, Tensor.NONE);
          default -> Tensor.CHANNELS_LAST;
        };
    input.plain();
    StoredArray kernel = call.stored(Variable.KERNEL, features, units);
    INDArray bias = call.bias(units);
    Tensor ready = input.arranged(call.assembly(), order, call.name());
    INDArray weights = kernel.transposed();
    return call.activated(
        call.add(
            last == 0
                ? new Dense(weights, bias)
                : new Convolution(
                    weights.reshape('c', units, features, 1, 1), bias, Window.square(1)),
            ready));
  }

  static Tensor convolution(LayerCall call) {
    LayerConfig settings = call.settings();
    Tensor image = call.image();
    int[] size = kernelSize(settings);
    long filters = settings.count("filters", "nb_filter");
    int groups = settings.count(1, "groups");
    long channels = call.assembly().shape(image.node()).get(0);
    require(
        channels % groups == 0 && filters % groups == 0,
        "Its %d groups do not divide %d channels and %d filters.",
        groups,
        channels,
        filters);
    INDArray kernel = kernel(call, size, channels / groups, filters);
    return call.activated(convolved(call, kernel, window(call, size, image), groups, image));
  }

  /** The output is as large as the input times the stride, and the kernel's rest if it is valid. */
  static Tensor transposed(LayerCall call) {
    LayerConfig settings = call.settings();
    require(!settings.has("output_padding"), "An output_padding is not supported.");
    Tensor image = call.image();
    int[] size = kernelSize(settings);
    int[] stride = settings.pair(ONE, "strides");
    int[] dilation = settings.pair(ONE, "dilation_rate");
    require(dilation[0] == 1 && dilation[1] == 1, "A dilation_rate is not supported.");
    long filters = settings.count("filters");
    long channels = call.assembly().shape(image.node()).get(0);
    INDArray kernel =
        call.weight(Variable.KERNEL, size[0], size[1], filters, channels)
            .permute(3, 2, 0, 1)
            .dup('c');
    boolean same = settings.text("valid", "padding").equals("same");
    int y = same ? Math.max(0, size[0] - stride[0]) : 0;
    int x = same ? Math.max(0, size[1] - stride[1]) : 0;
    Window window =
        Window.of(size[0], size[1])
            .stride(stride[0], stride[1])
            .pad(y / 2, x / 2, y - y / 2, x - x / 2);
    TransposedConvolution layer =
        new TransposedConvolution(
            kernel,
            call.bias(filters),
            window,
            Math.max(0, stride[0] - size[0]),
            Math.max(0, stride[1] - size[1]),
            1);
    String node = layer.addTo(call.assembly(), call.name(), image.node());
    return call.activated(Tensor.of(node, image.order()));
  }

  /** Of Keras 1 with channels first {@code [k,c,kh,kw]}, else {@code [kh,kw,c,k]}. */
  private static INDArray kernel(LayerCall call, int[] size, long channels, long filters) {
    boolean first = call.settings().text("", "dim_ordering").equals("th");
    INDArray kernel =
        first
            ? call.weight(Variable.KERNEL, filters, channels, size[0], size[1])
            : call.weight(Variable.KERNEL, size[0], size[1], channels, filters)
                .permute(3, 2, 0, 1)
                .dup('c');
    return call.flipped() ? flipped(kernel) : kernel;
  }

  /** Turned by 180 degrees, in its last two axes. */
  private static INDArray flipped(INDArray kernel) {
    INDArray flipped = kernel.like();
    for (long y = 0; y < kernel.size(2); y++) {
      for (long x = 0; x < kernel.size(3); x++) {
        flipped
            .get(
                NDArrayIndex.all(),
                NDArrayIndex.all(),
                NDArrayIndex.point(kernel.size(2) - 1 - y),
                NDArrayIndex.point(kernel.size(3) - 1 - x))
            .assign(
                kernel.get(
                    NDArrayIndex.all(),
                    NDArrayIndex.all(),
                    NDArrayIndex.point(y),
                    NDArrayIndex.point(x)));
      }
    }
    return flipped;
  }

  static Tensor depthwise(LayerCall call) {
    Tensor image = call.image();
    long channels = call.assembly().shape(image.node()).get(0);
    INDArray kernel = depthwiseKernel(call, channels);
    Window window = window(call, kernelSize(call.settings()), image);
    return call.activated(convolved(call, kernel, window, Math.toIntExact(channels), image));
  }

  /** {@code [kh,kw,c,m]} as {@code [c*m,1,kh,kw]}: the m filters of a channel side by side. */
  private static INDArray depthwiseKernel(LayerCall call, long channels) {
    int[] size = kernelSize(call.settings());
    long multiplier = call.settings().count(1, "depth_multiplier");
    return call.weight(Variable.DEPTHWISE, size[0], size[1], channels, multiplier)
        .permute(2, 3, 0, 1)
        .dup('c')
        .reshape('c', channels * multiplier, 1, size[0], size[1]);
  }

  /** A depthwise convolution without bias, then one of one pixel. */
  static Tensor separable(LayerCall call) {
    Tensor image = call.image();
    long channels = call.assembly().shape(image.node()).get(0);
    long filters = call.settings().count("filters", "nb_filter");
    INDArray depthwise = depthwiseKernel(call, channels);
    long between = depthwise.size(0);
    INDArray pointwise =
        call.weight(Variable.POINTWISE, 1, 1, between, filters).permute(3, 2, 0, 1).dup('c');
    Window window = window(call, kernelSize(call.settings()), image);
    INDArray none = Nd4j.zeros(DataType.FLOAT, between);
    Convolution first = new Convolution(depthwise, none, window, Math.toIntExact(channels));
    String middle = call.assembly().add(call.name() + ".depthwise", first, image.node());
    return call.activated(
        convolved(call, pointwise, Window.square(1), 1, Tensor.of(middle, image.order())));
  }

  private static Tensor convolved(
      LayerCall call, INDArray kernel, Window window, int groups, Tensor image) {
    Convolution layer = new Convolution(kernel, call.bias(kernel.size(0)), window, groups);
    return Tensor.of(call.assembly().add(call.name(), layer, image.node()), image.order());
  }

  private static int[] kernelSize(LayerConfig settings) {
    if (settings.has("nb_row")) { // Keras 1
      return new int[] {settings.count("nb_row"), settings.count("nb_col")};
    }
    require(settings.has("kernel_size"), "Its setting kernel_size is missing.");
    return settings.pair(ONE, "kernel_size");
  }

  private static Window window(LayerCall call, int[] size, Tensor image) {
    LayerConfig settings = call.settings();
    int[] stride = settings.pair(ONE, "strides", "subsample");
    int[] dilation = settings.pair(ONE, "dilation_rate", "atrous_rate");
    Window window =
        Window.of(size[0], size[1]).stride(stride[0], stride[1]).dilation(dilation[0], dilation[1]);
    return padded(call, window, image);
  }

  /** With the padding that the layer's settings name. */
  static Window padded(LayerCall call, Window window, Tensor image) {
    String padding = call.settings().text("valid", "padding", "border_mode");
    List<Long> shape = call.assembly().shape(image.node());
    return switch (padding) {
      case "valid" -> window;
      case "same" -> window.same(shape.get(1), shape.get(2));
      default ->
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT, "The padding '%s' is not supported; valid and same are.", padding));
    };
  }
}

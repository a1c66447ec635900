package org.explain4j.models.dl4j;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.explain4j.models.graph.GraphAssembly;
import org.explain4j.models.graph.TransposedConvolution;
import org.explain4j.network.AveragePool;
import org.explain4j.network.Convolution;
import org.explain4j.network.Flatten;
import org.explain4j.network.Layer;
import org.explain4j.network.MaxPool;
import org.explain4j.network.NormPool;
import org.explain4j.network.Window;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Translates a DL4J layer that slides a window: convolutions and pooling. */
record Dl4jWindows(GraphAssembly assembly, String name, Map<String, INDArray> parameters) {

  String convolution(ConvolutionLayer layer, String input) {
    if (layer instanceof Deconvolution2D) {
      return transposed(layer, input);
    }
    Window window =
        window(
            layer.getConvolutionMode(),
            new int[][] {
              layer.getKernelSize(), layer.getStride(), layer.getPadding(), layer.getDilation()
            },
            input);
    int channels = Math.toIntExact(assembly.shape(input).get(0));
    if (layer instanceof DepthwiseConvolution2D) {
      // [kh,kw,c,m] to [c*m,1,kh,kw]: the m filters of a channel lie side by side.
      INDArray weights = grouped(parameter("W").permute(2, 3, 0, 1));
      return add(name, weights, window, channels, input);
    }
    if (layer instanceof SeparableConvolution2D) {
      // [m,c,kh,kw] likewise, then a 1x1 convolution [k,c*m,1,1].
      INDArray weights = grouped(parameter("W").permute(1, 0, 2, 3));
      INDArray none = Nd4j.create(DataType.FLOAT, weights.size(0));
      String depthwise =
          assembly.add(
              name + ".depthwise", new Convolution(weights, none, window, channels), input);
      return add(name, parameter("pW"), Window.square(1), 1, depthwise);
    }
    return add(name, parameter("W"), window, 1, input);
  }

  /** As large as its stride times the input with the mode "Same", as DL4J sees to. */
  private String transposed(ConvolutionLayer layer, String input) {
    boolean same = layer.getConvolutionMode() == ConvolutionMode.Same;
    Window window =
        window(
            same ? ConvolutionMode.Truncate : layer.getConvolutionMode(),
            new int[][] {
              layer.getKernelSize(),
              layer.getStride(),
              same ? new int[2] : layer.getPadding(),
              layer.getDilation()
            },
            input);
    int y = window.extentY() - window.strideY();
    int x = window.extentX() - window.strideX();
    if (same && y >= 0 && x >= 0) {
      window = window.pad(y / 2, x / 2, y - y / 2, x - x / 2);
    }
    INDArray weights = parameter("W"); // [in,out,kh,kw]
    INDArray bias =
        parameters.containsKey("b")
            ? parameter("b").reshape(weights.size(1))
            : Nd4j.create(DataType.FLOAT, weights.size(1));
    int extraY = same ? Math.max(0, -y) : 0;
    int extraX = same ? Math.max(0, -x) : 0;
    return new TransposedConvolution(weights, bias, window, extraY, extraX, 1)
        .addTo(assembly, name, input);
  }

  private String add(String node, INDArray weights, Window window, int groups, String input) {
    INDArray bias =
        parameters.containsKey("b")
            ? parameter("b").reshape(weights.size(0))
            : Nd4j.create(DataType.FLOAT, weights.size(0));
    return assembly.add(node, new Convolution(weights, bias, window, groups), input);
  }

  private static INDArray grouped(INDArray channelsByFilters) {
    long[] shape = channelsByFilters.shape();
    return channelsByFilters.dup('c').reshape('c', shape[0] * shape[1], 1, shape[2], shape[3]);
  }

  String pooling(SubsamplingLayer layer, String input) {
    Window window =
        window(
            layer.getConvolutionMode(),
            new int[][] {
              layer.getKernelSize(), layer.getStride(), layer.getPadding(), layer.getDilation()
            },
            input);
    return assembly.add(
        name,
        pool(
            layer.getPoolingType(), window, layer.isAvgPoolIncludePadInDivisor(), layer.getPnorm()),
        input);
  }

  String globalPooling(GlobalPoolingLayer layer, String input) {
    List<Long> shape = assembly.shape(input);
    Dl4jLayers.require(shape.size() == 3, "It pools %s; only images [c,h,w] are supported.", shape);
    Window whole = Window.of(Math.toIntExact(shape.get(1)), Math.toIntExact(shape.get(2)));
    String pooled =
        assembly.add(name, pool(layer.getPoolingType(), whole, false, layer.getPnorm()), input);
    return layer.isCollapseDimensions()
        ? assembly.add(name + ".flatten", new Flatten(), pooled)
        : pooled;
  }

  private static Layer pool(PoolingType type, Window window, boolean countPadding, int p) {
    Dl4jLayers.require(type != null, "It pools by nothing.");
    return switch (type) {
      case MAX -> new MaxPool(window);
      case AVG -> new AveragePool(window, false, countPadding);
      case SUM -> AveragePool.sum(window, false);
      case PNORM -> new NormPool(window, false, p);
    };
  }

  /**
   * @param sizes kernel, stride, padding and dilation, each [y,x]
   */
  private Window window(ConvolutionMode mode, int[][] sizes, String input) {
    for (int[] pair : sizes) {
      Dl4jLayers.require(
          pair != null && pair.length == 2,
          "Its kernel size, stride, padding or dilation is not two numbers.");
    }
    Window window =
        Window.of(sizes[0][0], sizes[0][1])
            .stride(sizes[1][0], sizes[1][1])
            .dilation(sizes[3][0], sizes[3][1]);
    List<Long> shape = assembly.shape(input);
    Dl4jLayers.require(shape.size() == 3, "It takes images [c,h,w], but its input is %s.", shape);
    if (mode == ConvolutionMode.Same) {
      return window.same(shape.get(1), shape.get(2));
    }
    Dl4jLayers.require(
        mode == ConvolutionMode.Strict || mode == ConvolutionMode.Truncate || mode == null,
        "The convolution mode %s is not supported.",
        mode);
    return window.pad(sizes[2][0], sizes[2][1], sizes[2][0], sizes[2][1]);
  }

  private INDArray parameter(String key) {
    return parameters.get(key).castTo(DataType.FLOAT).dup('c');
  }
}

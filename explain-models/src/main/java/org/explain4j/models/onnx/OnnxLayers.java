package org.explain4j.models.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import org.explain4j.network.Activation;
import org.explain4j.network.Add;
import org.explain4j.network.Affine;
import org.explain4j.network.AveragePool;
import org.explain4j.network.ChannelSlice;
import org.explain4j.network.Concat;
import org.explain4j.network.Convolution;
import org.explain4j.network.Dense;
import org.explain4j.network.Flatten;
import org.explain4j.network.Layer;
import org.explain4j.network.MaxPool;
import org.explain4j.network.Node;
import org.explain4j.network.Window;
import org.explain4j.network.ZeroPad;
import org.explain4j.network.arrays.PoolPlaces.Divisor;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Writes the layers of a network as ONNX nodes and initializers. */
final class OnnxLayers {
  private OnnxLayers() {}

  static void write(GraphProto.Builder graph, Node node) {
    NodeProto.Builder proto =
        NodeProto.newBuilder()
            .setName(node.name())
            .addAllInput(node.inputs())
            .addOutput(node.name());
    Layer layer = node.layer();
    if (layer instanceof Dense dense) {
      proto.setOpType("Gemm").addAttribute(integer("transB", 1));
      weights(graph, proto, dense.weights(), dense.bias());
    } else if (layer instanceof Convolution convolution) {
      window(proto.setOpType("Conv"), convolution.window(), true);
      proto.addAttribute(integer("group", convolution.groups()));
      weights(graph, proto, convolution.weights(), convolution.bias());
    } else if (layer instanceof Affine affine) {
      INDArray ones = Nd4j.onesLike(affine.scale());
      proto.setOpType("BatchNormalization").addAttribute(number("epsilon", 0));
      weights(graph, proto, affine.scale(), affine.shift());
      parameter(graph, proto, "mean", Nd4j.zerosLike(ones));
      parameter(graph, proto, "variance", ones);
    } else if (layer instanceof MaxPool pool) {
      window(proto.setOpType("MaxPool"), pool.window(), true);
      proto.addAttribute(integer("ceil_mode", pool.ceil() ? 1 : 0));
    } else if (layer instanceof AveragePool pool) {
      window(proto.setOpType("AveragePool"), pool.window(), false);
      proto
          .addAttribute(integer("ceil_mode", pool.ceil() ? 1 : 0))
          .addAttribute(integer("count_include_pad", pool.divisor() == Divisor.WINDOW ? 1 : 0));
    } else {
      moving(graph, proto, layer);
    }
    graph.addNode(proto);
  }

  /** Layers without arithmetic of their own. */
  private static void moving(GraphProto.Builder graph, NodeProto.Builder proto, Layer layer) {
    if (Activation.isRelu(layer)) {
      proto.setOpType("Relu");
    } else if (layer instanceof Add) {
      proto.setOpType("Sum");
    } else if (layer instanceof Concat) {
      proto.setOpType("Concat").addAttribute(integer("axis", 1));
    } else if (layer instanceof Flatten flatten) {
      if (flatten.channelsLast()) {
        channelsLast(graph, proto);
      }
      proto.setOpType("Flatten").addAttribute(integer("axis", 1));
    } else if (layer instanceof ChannelSlice slice) {
      proto.setOpType("Slice");
      parameter(graph, proto, "starts", slice.from());
      parameter(graph, proto, "ends", slice.to());
      parameter(graph, proto, "axes", 1);
    } else if (layer instanceof ZeroPad pad) {
      proto.setOpType("Pad");
      parameter(graph, proto, "pads", 0, 0, pad.top(), pad.left(), 0, 0, pad.bottom(), pad.right());
    } else {
      throw new IllegalArgumentException("No ONNX operator for " + layer);
    }
  }

  private static void channelsLast(GraphProto.Builder graph, NodeProto.Builder proto) {
    String transposed = proto.getName() + ".transposed";
    graph.addNode(
        NodeProto.newBuilder()
            .setName(transposed)
            .setOpType("Transpose")
            .addInput(proto.getInput(0))
            .addOutput(transposed)
            .addAttribute(list("perm", 0, 2, 3, 1)));
    proto.setInput(0, transposed);
  }

  private static void weights(
      GraphProto.Builder graph, NodeProto.Builder proto, INDArray weights, INDArray bias) {
    parameter(graph, proto, "weight", weights);
    parameter(graph, proto, "bias", bias);
  }

  private static void parameter(
      GraphProto.Builder graph, NodeProto.Builder proto, String name, INDArray value) {
    String initializer = proto.getName() + "." + name;
    graph.addInitializer(OnnxTensors.write(initializer, value));
    proto.addInput(initializer);
  }

  private static void parameter(
      GraphProto.Builder graph, NodeProto.Builder proto, String name, long... values) {
    String initializer = proto.getName() + "." + name;
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(initializer)
            .setDataType(TensorProto.DataType.INT64.getNumber())
            .addDims(values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    graph.addInitializer(tensor);
    proto.addInput(initializer);
  }

  private static void window(NodeProto.Builder proto, Window window, boolean dilatable) {
    proto
        .addAttribute(list("kernel_shape", window.height(), window.width()))
        .addAttribute(list("strides", window.strideY(), window.strideX()))
        .addAttribute(list("pads", window.top(), window.left(), window.bottom(), window.right()));
    if (dilatable) {
      proto.addAttribute(list("dilations", window.dilationY(), window.dilationX()));
    } else if (window.dilated()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "'%s': ONNX opset 13 has no dilated %s.",
              proto.getName(),
              proto.getOpType()));
    }
  }

  private static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private static AttributeProto number(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  private static AttributeProto list(String name, long... values) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INTS)
        .addAllInts(List.of(Arrays.stream(values).boxed().toArray(Long[]::new)))
        .build();
  }
}

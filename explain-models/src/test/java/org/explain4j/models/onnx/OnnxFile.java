package org.explain4j.models.onnx;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.ValueInfoProto;
import org.explain4j.api.Model;
import org.explain4j.network.Network;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.protobuf.ByteString;

/** An ONNX model written node by node, as an exporter might have. */
final class OnnxFile {
  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final int opset;

  OnnxFile(int opset) {
    this.opset = opset;
  }

  /** The input with its batch dimension; 0 = open. */
  OnnxFile input(String name, long... shape) {
    ValueInfoProto.Builder value = ValueInfoProto.newBuilder().setName(name);
    var tensor = value.getTypeBuilder().getTensorTypeBuilder().setElemType(1);
    for (long size : shape) {
      var dimension = tensor.getShapeBuilder().addDimBuilder();
      if (size > 0) {
        dimension.setDimValue(size);
      } else {
        dimension.setDimParam("n" + tensor.getShape().getDimCount());
      }
    }
    graph.addInput(value);
    return this;
  }

  OnnxFile weights(String name, INDArray values) {
    graph.addInitializer(OnnxTensors.write(name, values));
    return this;
  }

  OnnxFile integers(String name, long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64.getNumber())
            .addDims(values.length);
    Arrays.stream(values).forEach(tensor::addInt64Data);
    graph.addInitializer(tensor);
    return this;
  }

  OnnxFile tensor(TensorProto tensor) {
    graph.addInitializer(tensor);
    return this;
  }

  /** A node with one output of its own name; inputs separated by spaces, attributes in pairs. */
  OnnxFile node(String name, String operator, String inputs, Object... attributes) {
    NodeProto.Builder node =
        NodeProto.newBuilder().setName(name).setOpType(operator).addOutput(name);
    Arrays.stream(inputs.split(" ", -1)).forEach(i -> node.addInput(i.equals("-") ? "" : i));
    for (int i = 0; i < attributes.length; i += 2) {
      node.addAttribute(attribute((String) attributes[i], attributes[i + 1]));
    }
    graph.addNode(node);
    return this;
  }

  /** One more output of the last node. */
  OnnxFile alsoGives(String name) {
    graph.getNodeBuilder(graph.getNodeCount() - 1).addOutput(name);
    return this;
  }

  /** A scalar constant of rank 0. */
  OnnxFile scalar(String name, long value) {
    TensorProto tensor =
        TensorProto.newBuilder()
            .setDataType(TensorProto.DataType.INT64.getNumber())
            .addInt64Data(value)
            .build();
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType("Constant")
            .addOutput(name)
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("value")
                    .setType(AttributeProto.AttributeType.TENSOR)
                    .setT(tensor)));
    return this;
  }

  byte[] bytes(String output) {
    ValueInfoProto.Builder value = ValueInfoProto.newBuilder().setName(output);
    value.getTypeBuilder().getTensorTypeBuilder().setElemType(1);
    graph.clearOutput().addOutput(value);
    return ModelProto.newBuilder()
        .setIrVersion(7)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  /** The operators in order. */
  @Override
  public String toString() {
    return graph.getNodeList().stream().map(NodeProto::getOpType).toList().toString();
  }

  Model model(String output) throws IOException {
    return new OnnxReader().read(bytes(output), "test.onnx");
  }

  Network network(String output) throws IOException {
    return model(output).network();
  }

  private static AttributeProto attribute(String name, Object value) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
    if (value instanceof Integer integer) {
      attribute.setType(AttributeProto.AttributeType.INT).setI(integer);
    } else if (value instanceof Double number) {
      attribute.setType(AttributeProto.AttributeType.FLOAT).setF(number.floatValue());
    } else if (value instanceof String text) {
      attribute.setType(AttributeProto.AttributeType.STRING).setS(ByteString.copyFromUtf8(text));
    } else {
      List<Long> list = Arrays.stream((int[]) value).mapToLong(i -> i).boxed().toList();
      attribute.setType(AttributeProto.AttributeType.INTS).addAllInts(list);
    }
    return attribute.build();
  }

  /** Numbers between -1 and 1. */
  static INDArray random(long seed, long... shape) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return shape.length == 0
        ? Nd4j.scalar(values[0])
        : Nd4j.createFromArray(values).reshape('c', shape);
  }
}

package org.explain4j.models.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.explain4j.api.Preprocessing;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.files.WholeFile;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Writes networks as ONNX (opset 13), so trained networks are kept in a format that other tools can
 * read. Preprocessing and class names go into the model's metadata.
 */
public final class OnnxWriter {
  private static final int OPSET = 13;
  private static final int IR_VERSION = 7; // the one of opset 13

  private OnnxWriter() {}

  /**
   * Writes atomically: a reader sees the old file or the new one.
   *
   * @throws IOException if it cannot be written
   * @throws IllegalArgumentException if ONNX has no operator for a layer's setting
   */
  public static void write(
      Path file, Network network, Preprocessing preprocessing, List<String> classNames)
      throws IOException {
    WholeFile.write(file, model(network, preprocessing, classNames)::writeTo);
  }

  private static ModelProto model(
      Network network, Preprocessing preprocessing, List<String> classNames) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("network");
    graph.addInput(value(Network.INPUT, network.inputShape(), network.dataType()));
    for (Node node : network.nodes()) {
      OnnxLayers.write(graph, node);
    }
    String output = network.output().name();
    graph.addOutput(value(output, network.shapes().get(output), network.dataType()));
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("Explain4J")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .setGraph(graph)
        .addAllMetadataProps(OnnxMetadata.write(preprocessing, classNames))
        .build();
  }

  private static ValueInfoProto value(String name, List<Long> shape, DataType dataType) {
    TensorProto.DataType type =
        dataType == DataType.DOUBLE ? TensorProto.DataType.DOUBLE : TensorProto.DataType.FLOAT;
    TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder().setElemType(type.getNumber());
    tensor.getShapeBuilder().addDimBuilder().setDimParam("N");
    shape.forEach(size -> tensor.getShapeBuilder().addDimBuilder().setDimValue(size));
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}

package org.explain4j.models.onnx;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import onnx.Onnx.ModelProto;
import org.explain4j.api.Model;
import org.explain4j.api.ModelReader;
import org.explain4j.models.graph.Damage;
import org.explain4j.network.files.Checksum;
import org.nd4j.shade.protobuf.InvalidProtocolBufferException;

/**
 * ONNX files, opset 7 to 22, as PyTorch and Keras export them.
 *
 * @param output name of the one that is explained; if empty, the first that is not of whole numbers
 */
public record OnnxReader(String output) implements ModelReader {

  public OnnxReader() {
    this("");
  }

  @Override
  public String id() {
    return "onnx";
  }

  @Override
  public String summary() {
    return "ONNX files, opset 7 to 22, as exported by PyTorch and Keras";
  }

  /** ONNX has no magic number: a file starts with the version (field 1) and another known field. */
  @Override
  public boolean accepts(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(3);
      int second = start.length < 3 ? 0 : start[2] & 0xff;
      return second != 0
          && start[0] == 0x08
          && start[1] > 0
          && start[1] < 64
          && List.of(0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42, 0x72).contains(second);
    }
  }

  @Override
  public ModelReader ofOutput(String name) {
    return new OnnxReader(name);
  }

  @Override
  public Model read(Path file, List<Long> inputShape) throws IOException {
    ModelProto model;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      model = ModelProto.parseFrom(in);
    } catch (InvalidProtocolBufferException | OutOfMemoryError e) {
      throw Damage.of(file, "ONNX", e);
    } catch (IllegalStateException e) { // Protobuf's, about its buffer
      throw Damage.of(file, "ONNX", new IOException("a length in it is wrong", e));
    }
    Checksum sum = Checksum.sha256().file(file);
    return read(model, file.toString(), sum, inputShape, WeightFiles.beside(file));
  }

  /**
   * Reads a model that is in memory, such as a resource.
   *
   * @param source its name in errors
   */
  public Model read(byte[] bytes, String source) throws IOException {
    Checksum sum = Checksum.sha256().bytes(bytes);
    return read(ModelProto.parseFrom(bytes), source, sum, List.of(), WeightFiles.none());
  }

  private Model read(
      ModelProto model, String source, Checksum sum, List<Long> inputShape, WeightFiles files)
      throws IOException {
    try {
      OnnxNode.require(model.hasGraph(), "Not an ONNX model, or a damaged one: it has no graph.");
      OnnxGraph.Translated translated = new OnnxGraph(model, output).translate(inputShape, files);
      for (Path used : files.used()) {
        sum.file(used);
      }
      return new Model(
          translated.network(),
          OnnxMetadata.preprocessing(model),
          OnnxMetadata.classes(model),
          sum.hex(),
          translated.notes());
    } catch (IllegalArgumentException e) {
      throw new IOException(source + ": " + e.getMessage(), e);
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      throw Damage.of(source, "ONNX", e);
    }
  }
}

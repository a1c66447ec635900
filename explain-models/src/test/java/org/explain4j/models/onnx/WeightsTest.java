package org.explain4j.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.explain4j.models.onnx.OnnxFile.random;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import org.explain4j.api.Model;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.protobuf.ByteString;

/** Weights of other types, in other files, and quantised. */
class WeightsTest {
  @TempDir Path folder;

  /** Bit patterns of 1.5, -0.25, 2^-24 (the smallest float16) or 2^-126, and 3. */
  @ParameterizedTest
  @CsvSource({
    "FLOAT16, 0x3e00, 0xb400, 0x0001, 0x4200, 5.9604644775390625E-8",
    "BFLOAT16, 0x3fc0, 0xbe80, 0x0080, 0x4040, 1.1754943508222875E-38"
  })
  void sixteenBitsAreRead(
      TensorProto.DataType type, String a, String b, String c, String d, double smallest)
      throws IOException {
    int[] bits = {Integer.decode(a), Integer.decode(b), Integer.decode(c), Integer.decode(d)};
    ByteBuffer raw = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    TensorProto.Builder packed = tensor(type, 2, 2);
    for (int value : bits) {
      raw.putShort((short) value);
      packed.addInt32Data(value);
    }
    TensorProto bytes = tensor(type, 2, 2).setRawData(ByteString.copyFrom(raw.array())).build();
    for (TensorProto tensor : new TensorProto[] {bytes, packed.build()}) {
      Model model = dense(tensor).model("y");
      INDArray identity = Nd4j.eye(2).castTo(DataType.FLOAT);
      assertThat(model.network().logits(identity).dup('c').data().asDouble())
          .containsExactly(1.5, -0.25, smallest, 3);
      assertThat(model.notes()).anyMatch(n -> n.contains(type.name()) && n.contains("float32"));
    }
  }

  @Test
  void sixtyFourBitsAreCastAndThisIsSaid() throws IOException {
    Model model =
        new OnnxFile(13)
            .input("x", 0, 2)
            .weights("w", random(1, 2, 2).castTo(DataType.DOUBLE))
            .node("y", "MatMul", "x w")
            .model("y");
    assertThat(model.network().dataType()).isEqualTo(DataType.FLOAT);
    assertThat(model.notes()).anyMatch(note -> note.contains("DOUBLE"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/passwd",
        "../outside.bin",
        "sub/../../outside.bin",
        "link.bin",
        "folder",
        ""
      })
  void noFileOutsideOfTheModelsFolderIsRead(String location) throws IOException {
    Path inside = Files.createDirectories(folder.resolve("model/folder")).getParent();
    Files.write(folder.resolve("outside.bin"), new byte[16]);
    Files.createSymbolicLink(inside.resolve("link.bin"), folder.resolve("outside.bin"));
    assertRefused(inside, external(Map.of("location", location)), "'w'", "'" + location + "'");
  }

  @Test
  void theSizeOfTheOtherFileIsChecked() throws IOException {
    Files.write(folder.resolve("w.bin"), new byte[20]);
    assertRefused(
        folder, external(Map.of("location", "w.bin", "offset", "8")), "16 bytes", "has 20");
    assertRefused(folder, external(Map.of("location", "w.bin", "length", "12")), "16 bytes", "12");
    assertRefused(folder, external(Map.of("location", "w.bin", "offset", "-4")), "16 bytes");
    assertRefused(folder, external(Map.of("location", "w.bin", "offset", "four")), "w.bin", "four");
    byte[] good = dense(external(Map.of("location", "w.bin", "offset", "4"))).bytes("y");
    Path file = Files.write(folder.resolve("good.onnx"), good);
    Model model = new OnnxReader().read(file);
    assertThat(model.network().parameters()).isEqualTo(6);
    assertThat(model.notes()).contains("Weights were read from w.bin.");
  }

  @Test
  void aDamagedSizeOfWeightsInAnotherFileAsksForNoMemory() throws IOException {
    Files.write(folder.resolve("w.bin"), new byte[20]);
    TensorProto huge =
        external(Map.of("location", "w.bin")).toBuilder().setDims(0, 1L << 40).build();
    assertRefused(folder, huge, "w.bin");
  }

  @Test
  void quantisedWeightsAreTurnedBack() throws IOException {
    OnnxFile file = new OnnxFile(13).input("x", 0, 2);
    TensorProto.Builder weights = tensor(TensorProto.DataType.INT8, 2, 2);
    for (int value : new int[] {-128, 127, 5, -6}) {
      weights.addInt32Data(value);
    }
    TensorProto.Builder zeros =
        TensorProto.newBuilder().setName("z").setDataType(TensorProto.DataType.INT8_VALUE);
    zeros.addDims(2).addInt32Data(1).addInt32Data(-3);
    file.tensor(weights.build()).tensor(zeros.build());
    file.weights("s", Nd4j.createFromArray(0.5f, 0.25f));
    file.node("real", "DequantizeLinear", "w s z", "axis", 1).node("y", "MatMul", "x real");
    Model model = file.model("y");
    INDArray batch = random(1, 3, 2);
    INDArray expected = Referee.run(file.bytes("y"), batch);
    assertThat(Shared.distance(model.network().logits(batch), expected)).isLessThan(1e-6);
    assertThat(model.notes()).anyMatch(note -> note.contains("Quantised weights"));
  }

  /** The zero point is the least number, so that quantisers leave the ReLU out. */
  @Test
  void aQuantisedActivationWithoutNegativeNumbersIsRectified() throws IOException {
    OnnxFile file = new OnnxFile(13).input("x", 0, 4);
    TensorProto.Builder zero =
        TensorProto.newBuilder().setName("z").setDataType(TensorProto.DataType.UINT8_VALUE);
    file.tensor(zero.addInt32Data(0).build()).weights("s", Nd4j.scalar(0.125f));
    file.node("q", "QuantizeLinear", "x s z").node("d", "DequantizeLinear", "q s z");
    file.weights("w", random(2, 4, 3)).node("y", "MatMul", "d w");
    INDArray batch = Nd4j.createFromArray(new float[][] {{-1, 0.5f, 2, -0.25f}, {1, -3, 0, 0.75f}});
    Model model = file.model("y");
    INDArray expected = Referee.run(file.bytes("y"), batch);
    assertThat(Shared.distance(model.network().logits(batch), expected)).isLessThan(1e-6);
    assertThat(model.notes()).anyMatch(note -> note.contains("not rounded"));
  }

  private static TensorProto.Builder tensor(TensorProto.DataType type, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName("w").setDataType(type.getNumber());
    for (long size : shape) {
      tensor.addDims(size);
    }
    return tensor;
  }

  private static TensorProto external(Map<String, String> entries) {
    TensorProto.Builder tensor =
        tensor(TensorProto.DataType.FLOAT, 2, 2).setDataLocation(TensorProto.DataLocation.EXTERNAL);
    new TreeMap<>(entries)
        .forEach(
            (key, value) ->
                tensor.addExternalData(
                    StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return tensor.build();
  }

  private static OnnxFile dense(TensorProto weights) {
    return new OnnxFile(13).input("x", 0, 2).tensor(weights).node("y", "MatMul", "x w");
  }

  private static void assertRefused(Path folder, TensorProto weights, String... parts)
      throws IOException {
    Path file = Files.write(folder.resolve("hostile.onnx"), dense(weights).bytes("y"));
    assertThatThrownBy(() -> new OnnxReader().read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("hostile.onnx")
        .hasMessageContainingAll(parts);
  }
}

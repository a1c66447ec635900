package org.explain4j.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.explain4j.models.onnx.OnnxFile.random;

import java.io.IOException;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What is computed from constants and shapes while a file is read, refereed by ONNX Runtime. */
class ConstantsTest {

  /** As PyTorch writes {@code x.reshape(x.shape[0], *[d // 2 for d in x.shape[1:3]], -1)}. */
  @Test
  void aShapeIsComputedFromTheInputs() throws IOException {
    OnnxFile file = file().node("s", "Shape", "x").node("d", "Slice", "s one three zero");
    file.node("h", "Div", "d two").node("n", "Slice", "s zero one zero");
    file.node("to", "Concat", "n h minus", "axis", 0).node("y", "Reshape", "x to");
    assertAgrees(file);
  }

  /** As PyTorch writes {@code expand}: sizes of -1 stand for those there are. */
  @Test
  void sizesAreChosenByComparison() throws IOException {
    OnnxFile file = file().node("s", "Shape", "x").node("rank", "Shape", "s");
    file.node("ones", "ConstantOfShape", "rank").node("whole", "Cast", "ones", "to", 7);
    file.node("unit", "Add", "whole one").node("target", "Mul", "unit minus");
    file.node("open", "Equal", "target minus").node("to", "Where", "open s unit");
    assertAgrees(file.node("same", "Reshape", "x to").node("y", "Relu", "same"));
  }

  @Test
  void productsRangesAndTilesAreComputed() throws IOException {
    OnnxFile file = file().node("s", "Shape", "x").node("d", "Slice", "s one four zero");
    file.node("p", "ReduceProd", "d", "axes", new int[] {0}, "keepdims", 0);
    file.scalar("start", 0).scalar("step", 1).node("r", "Range", "start p step");
    file.node("last", "Gather", "r minus", "axis", 0).node("size", "Add", "last one");
    file.node("n", "Slice", "s zero one zero").node("to", "Concat", "n size", "axis", 0);
    assertAgrees(file.node("y", "Reshape", "x to"));
  }

  @Test
  void weightsAreComputedToo() throws IOException {
    OnnxFile file = file().weights("w", random(1, 3, 2)).weights("v", random(2, 3, 1).addi(2));
    file.node("turned", "Transpose", "w").node("root", "Sqrt", "v");
    file.node("wide", "Expand", "root wider").node("scaled", "Div", "w wide");
    file.node("joined", "Concat", "w scaled", "axis", 1).node("tiled", "Tile", "turned pair");
    file.node("more", "Transpose", "tiled").node("some", "Slice", "more zero three zero");
    file.node("all", "Concat", "joined some", "axis", 1);
    file.node("last", "Transpose", "x", "perm", new int[] {0, 2, 3, 1});
    assertAgrees(file.node("y", "MatMul", "last all"));
  }

  private static OnnxFile file() {
    return new OnnxFile(13)
        .input("x", 0, 3, 4, 6)
        .integers("zero", 0)
        .integers("one", 1)
        .integers("two", 2)
        .integers("three", 3)
        .integers("four", 4)
        .integers("minus", -1)
        .integers("pair", 2, 2)
        .integers("wider", 3, 2);
  }

  private static void assertAgrees(OnnxFile file) throws IOException {
    INDArray batch = random(3, 2, 3, 4, 6);
    INDArray expected = Referee.run(file.bytes("y"), batch);
    INDArray logits = file.network("y").logits(batch);
    assertThat(Shared.distance(logits, expected)).isLessThan(1e-5);
  }
}

package org.explain4j.models.onnx;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.explain4j.models.onnx.OnnxFile.random;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class RefusedGraphsTest {
  @Test
  void whatIsNotSupportedIsSaidWithNodeAndOperator() {
    OnnxFile file = new OnnxFile(13).input("x", 1, 2, 6, 5).weights("k", random(1, 4, 2, 3, 3));
    file.node("sharp", "Sin", "x");
    refused(file, "sharp", "node 'sharp' (Sin)", "Supported operators: ");
    file.node("soft", "Softmax", "x", "axis", 1).node("more", "Relu", "soft");
    refused(file, "soft", "node 'soft' (Softmax)", "axis is 1");
    file.node("quotient", "Div", "x x");
    refused(file, "quotient", "node 'quotient' (Div)", "quotient of two activations");
    file.node("narrow", "Conv", "x k", "kernel_shape", new int[] {2, 2});
    refused(file, "narrow", "node 'narrow' (Conv)", "[2, 2]", "[4, 2, 3, 3]");
    refused(file, "missing", "'missing' is not computed from its input");
  }

  @Test
  void graphsThatCannotBeFollowedAreSaid() {
    refused(
        new OnnxFile(13).input("x", 1, 3).node("a", "Relu", "b").node("b", "Relu", "a"),
        "b",
        "node 'a' (Relu)",
        "reads 'b'");
    refused(
        new OnnxFile(13).input("x", 1, 3).input("y", 1, 3).node("a", "Add", "x y"),
        "a",
        "2 inputs [x, y]");
    refused(
        new OnnxFile(13).input("x", 1, 3, 0, 0).node("a", "Relu", "x"),
        "a",
        "[3, 0, 0]",
        "input-shape");
    refused(new OnnxFile(6).input("x", 1, 3).node("a", "Relu", "x"), "a", "opset 6");
    refused(
        new OnnxFile(13).input("x", 1, 3, 100_000, 100_000).node("a", "Relu", "x"),
        "a",
        "[3, 100000, 100000]");
    refused(
        new OnnxFile(13)
            .input("x", 1, 2, 6, 5)
            .node(
                "a",
                "MaxPool",
                "x",
                "kernel_shape",
                new int[] {Integer.MAX_VALUE, 1},
                "strides",
                new int[] {1, 1}),
        "a",
        "node 'a' (MaxPool)",
        "2147483647");
  }

  private static void refused(OnnxFile file, String output, String... parts) {
    assertThatThrownBy(() -> file.model(output))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("test.onnx: ")
        .hasMessageContainingAll(parts);
  }
}

package org.explain4j.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.explain4j.models.onnx.OnnxFile.random;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import onnx.Onnx.TensorProto;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Operators in the forms that opsets 18 to 22 gave them, one model each, refereed. */
class OpsetsTest {
  private static final int OLDEST = 18;
  private static final int NEWEST = 22;
  private static final double ROUNDING = 1e-4;
  private static final int INT8 = TensorProto.DataType.INT8_VALUE;
  private static final int INT16 = TensorProto.DataType.INT16_VALUE;
  private static final int UINT16 = TensorProto.DataType.UINT16_VALUE;

  /**
   * A model, whose output is 'y'.
   *
   * @param first opset that has this form
   * @param last likewise
   * @param write adds nodes after 'x', images [4,6,5]
   * @param tolerance of the relative distance
   */
  private record Form(
      String name, int first, int last, Consumer<OnnxFile> write, double tolerance) {
    OnnxFile file(int opset) {
      OnnxFile file = new OnnxFile(opset).input("in", 0, 4, 6, 5).node("x", "Elu", "in");
      write.accept(file);
      return file;
    }
  }

  /** A form in a opset. */
  private record Case(Form form, int opset) {
    @Override
    public String toString() {
      return form.name() + ", opset " + opset;
    }
  }

  private static Form form(String name, Consumer<OnnxFile> write) {
    return new Form(name, OLDEST, NEWEST, write, ROUNDING);
  }

  private static Form from(int first, String name, Consumer<OnnxFile> write) {
    return new Form(name, first, NEWEST, write, ROUNDING);
  }

  private static Form unary(String operator, Object... attributes) {
    return form(operator, f -> f.node("y", operator, "x", attributes));
  }

  static Stream<Case> read() {
    List<Form> forms = new ArrayList<>(shapes());
    forms.addAll(reductions());
    forms.addAll(resizes());
    forms.addAll(normalisations());
    forms.addAll(activations());
    forms.addAll(quantisations());
    return cases(forms);
  }

  private static Stream<Case> cases(List<Form> forms) {
    return forms.stream()
        .flatMap(
            form ->
                Stream.iterate(form.first(), o -> o <= form.last(), o -> o + 1)
                    .map(opset -> new Case(form, opset)));
  }

  private static List<Form> shapes() {
    return List.of(
        form(
            "Pad of axes",
            f ->
                f.integers("p", 1, 0, 2, 1)
                    .integers("a", 2, -1)
                    .node("y", "Pad", "x p - a", "mode", "constant")),
        form("Pad", f -> f.integers("p", 0, 0, 1, 0, 0, 0, 2, 1).node("y", "Pad", "x p")),
        form(
            "Split into num_outputs",
            f ->
                f.node("y", "Split", "x", "axis", 3, "num_outputs", 3)
                    .alsoGives("b")
                    .alsoGives("c")),
        form(
            "Split into sizes",
            f -> f.integers("s", 1, 5).node("a", "Split", "x s", "axis", 2).alsoGives("y")),
        form(
            "Reshape without allowzero",
            f -> f.integers("s", 0, 2, -1).node("y", "Reshape", "x s", "allowzero", 0)),
        form(
            "Reshape with allowzero",
            f -> f.integers("s", -1, 8, 15).node("y", "Reshape", "x s", "allowzero", 1)),
        form("Identity", f -> f.node("i", "Identity", "x").node("y", "Flatten", "i")),
        form("Cast", f -> f.node("y", "Cast", "x", "to", 1)),
        form(
            "Squeeze",
            f ->
                f.integers("a", -2)
                    .node("p", "ReduceMax", "x a", "keepdims", 1)
                    .node("y", "Squeeze", "p a")),
        form(
            "Transpose, Unsqueeze and Flatten",
            f ->
                f.integers("a", 4)
                    .node("t", "Transpose", "x", "perm", new int[] {0, 2, 3, 1})
                    .node("u", "Unsqueeze", "t a")
                    .node("y", "Flatten", "u", "axis", -4)),
        form(
            "ConstantOfShape of Shape with start and end",
            f ->
                f.node("s", "Shape", "x", "start", 1, "end", -1)
                    .node("z", "ConstantOfShape", "s")
                    .integers("last", 2)
                    .node("u", "Unsqueeze", "z last")
                    .node("y", "Add", "x u")),
        form(
            "convolutions and dropout",
            f ->
                f.weights("w", random(1, 4, 2, 3, 3))
                    .weights("v", random(2, 4, 2, 2, 2))
                    .node("c", "Conv", "x w", "group", 2, "auto_pad", "SAME_LOWER")
                    .node("d", "Dropout", "c")
                    .node("y", "ConvTranspose", "d v", "strides", new int[] {2, 2}, "group", 2)));
  }

  private static List<Form> reductions() {
    List<Form> forms = new ArrayList<>();
    for (String operator : List.of("ReduceMean", "ReduceSum", "ReduceMax", "ReduceL2")) {
      forms.add(
          form(
              operator + " of axes",
              f -> f.integers("a", 2, -1).node("y", operator, "x a", "keepdims", 0)));
      forms.add(
          form(operator + " of a channel", f -> f.integers("a", 1).node("y", operator, "x a")));
      forms.add(
          form(
              operator + " of no axes",
              f -> f.integers("a").node("y", operator, "x a", "noop_with_empty_axes", 1)));
    }
    int[] two = {2, 2};
    int[] three = {3, 3};
    forms.add(unary("GlobalAveragePool"));
    forms.add(unary("GlobalMaxPool"));
    forms.add(
        unary("MaxPool", "kernel_shape", two, "strides", two, "dilations", two, "ceil_mode", 1));
    forms.add(unary("LpPool", "kernel_shape", two, "strides", two, "p", 3));
    for (int counted : new int[] {0, 1}) {
      forms.add(
          from(
              19,
              "AveragePool of dilations, padding counted: " + counted,
              f ->
                  f.node(
                      "y",
                      "AveragePool",
                      "x",
                      "kernel_shape",
                      three,
                      "dilations",
                      new int[] {2, 1},
                      "pads",
                      new int[] {1, 1, 1, 1},
                      "count_include_pad",
                      counted)));
      forms.add(
          from(
              18 + counted, // ONNX Runtime counts otherwise in opset 18, unlike PyTorch
              "AveragePool of ceil_mode, padding counted: " + counted,
              f ->
                  f.node(
                      "y",
                      "AveragePool",
                      "x",
                      "kernel_shape",
                      three,
                      "strides",
                      two,
                      "ceil_mode",
                      1,
                      "count_include_pad",
                      counted)));
    }
    return forms;
  }

  private static List<Form> resizes() {
    List<Form> forms = new ArrayList<>();
    for (String policy : List.of("stretch", "not_larger", "not_smaller")) {
      for (String mode : List.of("nearest", "linear")) {
        forms.add(
            form(
                "Resize, " + mode + ", " + policy,
                f ->
                    f.integers("s", 13, 7)
                        .node(
                            "y",
                            "Resize",
                            "x - - s",
                            "axes",
                            new int[] {2, 3},
                            "mode",
                            mode,
                            "keep_aspect_ratio_policy",
                            policy)));
      }
    }
    forms.add(
        form(
            "Resize of axes by scales",
            f ->
                f.weights("s", random(1, 2).muli(0).addi(1.6))
                    .node("y", "Resize", "x - s", "axes", new int[] {3, 2}, "mode", "linear")));
    forms.add(
        form(
            "Resize with antialias to a larger image",
            f ->
                f.integers("s", 9, 8)
                    .node(
                        "y",
                        "Resize",
                        "x - - s",
                        "axes",
                        new int[] {2, 3},
                        "mode",
                        "linear",
                        "antialias",
                        1)));
    return forms;
  }

  private static List<Form> normalisations() {
    return List.of(
        new Form(
            "GroupNormalization of groups' scales",
            18,
            20,
            f ->
                f.weights("s", random(1, 2))
                    .weights("t", random(2, 2))
                    .node("y", "GroupNormalization", "x s t", "num_groups", 2),
            ROUNDING),
        from(
            21,
            "GroupNormalization of channels' scales",
            f ->
                f.weights("s", random(1, 4))
                    .weights("t", random(2, 4))
                    .node("y", "GroupNormalization", "x s t", "num_groups", 2)),
        form(
            "LayerNormalization",
            f ->
                f.weights("s", random(1, 6, 5))
                    .weights("t", random(2, 6, 5))
                    .node("y", "LayerNormalization", "x s t", "axis", -2, "epsilon", 0.01)),
        form(
            "InstanceNormalization",
            f ->
                f.weights("s", random(1, 4))
                    .weights("t", random(2, 4))
                    .node("y", "InstanceNormalization", "x s t")),
        form(
            "BatchNormalization",
            f ->
                f.weights("s", random(1, 4))
                    .weights("t", random(2, 4))
                    .weights("m", random(3, 4))
                    .weights("v", random(4, 4).addi(2))
                    .node("y", "BatchNormalization", "x s t m v")),
        unary("LRN", "size", 3, "alpha", 0.5));
  }

  private static List<Form> activations() {
    return List.of(
        from(20, "Gelu", f -> f.node("y", "Gelu", "x")),
        from(20, "Gelu by tanh", f -> f.node("y", "Gelu", "x", "approximate", "tanh")),
        unary("HardSwish"),
        unary("Mish"),
        unary("HardSigmoid", "alpha", 0.3, "beta", 0.4),
        unary("Elu", "alpha", 0.5),
        unary("Selu"),
        unary("Softplus"),
        unary("Softsign"),
        unary("ThresholdedRelu", "alpha", 0.2),
        unary("LeakyRelu", "alpha", 0.2),
        form(
            "Clip",
            f ->
                f.weights("low", random(1))
                    .weights("high", random(1).add(0.7))
                    .node("y", "Clip", "x low high")),
        form("PRelu", f -> f.weights("s", random(1, 4, 1, 1)).node("y", "PRelu", "x s")));
  }

  private static List<Form> quantisations() {
    List<Form> forms = new ArrayList<>();
    for (int type : new int[] {INT8, INT16, UINT16}) {
      double scale = type == INT8 ? 0.01 : 1e-4;
      forms.add(
          new Form(
              "quantised to " + TensorProto.DataType.forNumber(type) + " without zero point",
              21,
              NEWEST,
              f ->
                  f.weights("s", random(1).muli(0).addi(scale))
                      .node("q", "QuantizeLinear", "x s", "output_dtype", type)
                      .node("y", "DequantizeLinear", "q s"),
              type == INT8 ? 0.01 : ROUNDING));
      forms.add(
          new Form(
              "constants quantised to " + TensorProto.DataType.forNumber(type),
              21,
              NEWEST,
              f ->
                  f.weights("s", random(1).muli(0).addi(scale))
                      .weights("c", random(3, 4, 1, 1))
                      .node("q", "QuantizeLinear", "c s", "output_dtype", type)
                      .node("w", "DequantizeLinear", "q s")
                      .node("y", "Mul", "x w"),
              ROUNDING));
    }
    forms.add(
        new Form(
            "quantised to bytes as by default",
            19,
            NEWEST,
            f ->
                f.weights("s", random(1).muli(0).addi(0.005))
                    .node("q", "QuantizeLinear", "x s", "saturate", 1)
                    .node("y", "DequantizeLinear", "q s"),
            0.01));
    return forms;
  }

  @ParameterizedTest
  @MethodSource("read")
  void everyFormGivesWhatOnnxRuntimeGives(Case one) throws IOException {
    byte[] bytes = one.form().file(one.opset()).bytes("y");
    INDArray images = random(7, 3, 4, 6, 5);
    INDArray expected = Referee.run(bytes, images);
    INDArray found = new OnnxReader().read(bytes, "form.onnx").network().logits(images);
    assertThat(found.shape()).isEqualTo(expected.shape());
    assertThat(Shared.distance(found, expected)).isLessThan(one.form().tolerance());
  }

  static Stream<Case> refused() {
    return cases(
        List.of(
            form(
                "Resize with antialias to a smaller image",
                f ->
                    f.integers("s", 3, 2)
                        .node(
                            "y",
                            "Resize",
                            "x - - s",
                            "axes",
                            new int[] {2, 3},
                            "mode",
                            "linear",
                            "antialias",
                            1)),
            form(
                "Reshape to nothing",
                f -> f.integers("s", 0, 0, 3).node("y", "Reshape", "x s", "allowzero", 1)),
            form(
                "Pad that wraps",
                f ->
                    f.integers("p", 0, 0, 1, 0, 0, 0, 1, 0)
                        .node("y", "Pad", "x p", "mode", "wrap")),
            form(
                "CenterCropPad",
                f ->
                    f.integers("s", 2, 2)
                        .node("y", "CenterCropPad", "x s", "axes", new int[] {2, 3})),
            form("LpNormalization", f -> f.node("y", "LpNormalization", "x")),
            form("Cast to integers", f -> f.node("y", "Cast", "x", "to", 7)),
            from(20, "IsNaN", f -> f.node("y", "IsNaN", "x")),
            from(
                21,
                "quantised to 4 bits",
                f ->
                    f.weights("s", random(1))
                        .node("y", "QuantizeLinear", "x s", "output_dtype", 22)),
            from(
                22,
                "GridSample",
                f -> f.weights("g", random(1, 3, 2, 2, 2)).node("y", "GridSample", "x g"))));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatIsNotReadIsRefusedByFileAndNode(Case one) {
    byte[] bytes = one.form().file(one.opset()).bytes("y");
    assertThatThrownBy(() -> new OnnxReader().read(bytes, "form.onnx"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("form.onnx: ")
        .hasMessageContaining("node 'y'");
  }
}

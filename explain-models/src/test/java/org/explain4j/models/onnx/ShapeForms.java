package org.explain4j.models.onnx;

import static org.explain4j.models.onnx.OnnxFile.random;
import static org.explain4j.models.onnx.OpsetForm.antialiased;
import static org.explain4j.models.onnx.OpsetForm.form;
import static org.explain4j.models.onnx.OpsetForm.since;
import static org.explain4j.models.onnx.OpsetForm.unary;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.nd4j.linalg.factory.Nd4j;

/** Operators that move, reduce or resize, in the forms of opsets 18 to 22. */
final class ShapeForms {
  private ShapeForms() {}

  static List<OpsetForm> shapes() {
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

  static List<OpsetForm> reductions() {
    List<OpsetForm> forms = new ArrayList<>();
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
    forms.add(unary("GlobalAveragePool"));
    forms.add(unary("GlobalMaxPool"));
    forms.add(
        unary("MaxPool", "kernel_shape", two, "strides", two, "dilations", two, "ceil_mode", 1));
    forms.add(unary("LpPool", "kernel_shape", two, "strides", two, "p", 3));
    for (int counted : new int[] {0, 1}) {
      Object[] dilated = {"dilations", new int[] {2, 1}, "pads", new int[] {1, 1, 1, 1}};
      forms.add(averagePool(19, "dilations", counted, dilated));
      // ONNX Runtime counts otherwise in opset 18, unlike PyTorch
      forms.add(averagePool(18 + counted, "ceil_mode", counted, "strides", two, "ceil_mode", 1));
    }
    return forms;
  }

  private static OpsetForm averagePool(int first, String of, int counted, Object... more) {
    Object[] window = {"kernel_shape", new int[] {3, 3}, "count_include_pad", counted};
    Object[] attributes = Stream.of(window, more).flatMap(Stream::of).toArray();
    return since(
        first,
        "AveragePool of " + of + ", padding counted: " + counted,
        f -> f.node("y", "AveragePool", "x", attributes));
  }

  static List<OpsetForm> resizes() {
    List<OpsetForm> forms = new ArrayList<>();
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
            "Resize by 1.4 of float32, which is a little less",
            f ->
                f.weights("s", Nd4j.createFromArray(1.5f, 1.4f))
                    .node("y", "Resize", "x - s", "axes", new int[] {2, 3})));
    forms.add(antialiased("Resize with antialias to a larger image", 9, 8));
    return forms;
  }
}

package org.explain4j.models.onnx;

import static org.explain4j.models.onnx.OnnxFile.random;
import static org.explain4j.models.onnx.OpsetForm.ROUNDING;
import static org.explain4j.models.onnx.OpsetForm.form;
import static org.explain4j.models.onnx.OpsetForm.since;
import static org.explain4j.models.onnx.OpsetForm.unary;

import java.util.ArrayList;
import java.util.List;
import onnx.Onnx.TensorProto;

/** Normalisations, activations and quantisation in the forms of opsets 18 to 22. */
final class FunctionForms {
  private static final int INT8 = TensorProto.DataType.INT8_VALUE;
  private static final int INT16 = TensorProto.DataType.INT16_VALUE;
  private static final int UINT16 = TensorProto.DataType.UINT16_VALUE;

  private FunctionForms() {}

  static List<OpsetForm> normalisations() {
    return List.of(
        new OpsetForm(
            "GroupNormalization of groups' scales",
            18,
            20,
            f ->
                f.weights("s", random(1, 2))
                    .weights("t", random(2, 2))
                    .node("y", "GroupNormalization", "x s t", "num_groups", 2),
            ROUNDING),
        since(
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

  static List<OpsetForm> activations() {
    return List.of(
        since(20, "Gelu", f -> f.node("y", "Gelu", "x")),
        since(20, "Gelu by tanh", f -> f.node("y", "Gelu", "x", "approximate", "tanh")),
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

  static List<OpsetForm> quantisations() {
    List<OpsetForm> forms = new ArrayList<>();
    for (int type : new int[] {INT8, INT16, UINT16}) {
      double scale = type == INT8 ? 0.01 : 1e-4;
      forms.add(
          new OpsetForm(
              "quantised to " + TensorProto.DataType.forNumber(type) + " without zero point",
              21,
              OpsetForm.NEWEST,
              f ->
                  f.weights("s", random(1).muli(0).addi(scale))
                      .node("q", "QuantizeLinear", "x s", "output_dtype", type)
                      .node("y", "DequantizeLinear", "q s"),
              type == INT8 ? 0.01 : ROUNDING));
      forms.add(
          new OpsetForm(
              "constants quantised to " + TensorProto.DataType.forNumber(type),
              21,
              OpsetForm.NEWEST,
              f ->
                  f.weights("s", random(1).muli(0).addi(scale))
                      .weights("c", random(3, 4, 1, 1))
                      .node("q", "QuantizeLinear", "c s", "output_dtype", type)
                      .node("w", "DequantizeLinear", "q s")
                      .node("y", "Mul", "x w"),
              ROUNDING));
    }
    forms.add(
        new OpsetForm(
            "quantised to bytes as by default",
            19,
            OpsetForm.NEWEST,
            f ->
                f.weights("s", random(1).muli(0).addi(0.005))
                    .node("q", "QuantizeLinear", "x s", "saturate", 1)
                    .node("y", "DequantizeLinear", "q s"),
            0.01));
    return forms;
  }
}

package org.explain4j.models.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** The linear operators of a {@link RandomGraph}, and those of its ReLUs and pools. */
final class RandomLinear {
  private final RandomGraph graph;

  RandomLinear(RandomGraph graph) {
    this.graph = graph;
  }

  List<Consumer<String>> fitting() {
    List<Consumer<String>> all = new ArrayList<>(List.of(this::relu, this::constant, this::matrix));
    int rank = graph.shape().length;
    if (rank == 4) {
      all.addAll(
          List.of(this::convolution, this::convolution, this::pool, this::pad, this::global));
    }
    if (rank == 2) {
      all.add(this::gemm);
    }
    if (rank == 2 || rank == 4) {
      all.add(this::normalisation);
    }
    return all;
  }

  private void relu(String name) {
    long[] shape = graph.shape();
    if (graph.chance(2)) {
      graph.step(name, "Relu", graph.last(), shape);
    } else if (graph.opset() < 11) {
      graph.step(name, "Clip", graph.last(), shape, "min", 0.0);
    } else {
      graph.step(name, "Clip", graph.last() + " " + graph.scalar(name + ".low", 0), shape);
    }
  }

  private void constant(String name) {
    long[] shape = graph.shape();
    String operator = List.of("Add", "Sub", "Mul", "Div").get(graph.numbers().nextInt(4));
    long[] size = new long[graph.between(0, shape.length)];
    Arrays.setAll(
        size,
        i -> {
          int axis = i + shape.length - size.length;
          return axis > 0 && graph.chance(2) ? shape[axis] : 1;
        });
    graph.shifted(name + ".c", operator.equals("Div") ? 2 : 0, size);
    boolean first = graph.chance(3) && !operator.equals("Div");
    String inputs = first ? name + ".c " + graph.last() : graph.last() + " " + name + ".c";
    graph.step(name, operator, inputs, shape);
  }

  private void convolution(String name) {
    long[] shape = graph.shape();
    long groups = shape[1] % 2 == 0 && graph.chance(3) ? 2 : 1;
    long kernels = groups * graph.between(1, 4);
    int size = graph.between(1, (int) Math.min(3, Math.min(shape[2], shape[3])));
    int stride = graph.between(1, 2);
    int pad = graph.between(0, size - 1);
    String inputs =
        graph.last() + " " + graph.weights(name + ".w", kernels, shape[1] / groups, size, size);
    inputs += graph.chance(2) ? "" : " " + graph.weights(name + ".b", kernels);
    long[] result = {0, kernels, shape[2] + pad, shape[3] + pad};
    Arrays.setAll(result, i -> i < 2 ? result[i] : (result[i] - size) / stride + 1);
    graph.step(
        name,
        "Conv",
        inputs,
        result,
        "strides",
        RandomGraph.ints(stride, stride),
        "group",
        (int) groups,
        "pads",
        RandomGraph.ints(pad, 0, 0, pad));
  }

  private void pool(String name) {
    long[] shape = graph.shape();
    boolean max = graph.chance(2);
    int size = graph.between(1, (int) Math.min(3, Math.min(shape[2], shape[3])));
    long[] result = {0, shape[1], shape[2] / size, shape[3] / size};
    int[] window = RandomGraph.ints(size, size);
    graph.step(
        name,
        max ? "MaxPool" : "AveragePool",
        graph.last(),
        result,
        "kernel_shape",
        window,
        "strides",
        window);
  }

  private void global(String name) {
    long[] shape = graph.shape();
    String operator = graph.chance(2) ? "GlobalAveragePool" : "GlobalMaxPool";
    graph.step(name, operator, graph.last(), new long[] {0, shape[1], 1, 1});
  }

  private void pad(String name) {
    long[] shape = graph.shape();
    long[] pads = new long[8];
    long[] result = shape.clone();
    for (int axis = 1; axis < 4; axis++) {
      pads[axis] = graph.between(0, 1);
      pads[axis + 4] = shape[axis] > 2 ? graph.between(-1, 1) : 0;
      result[axis] += pads[axis] + pads[axis + 4];
    }
    if (graph.opset() < 11) {
      graph.step(name, "Pad", graph.last(), result, "pads", RandomGraph.ints(pads), "value", 0.5);
    } else if (graph.opset() >= 18 && graph.chance(2)) {
      String axes = graph.integers(name + ".axes", 1, -2, 3);
      long[] some = {pads[1], pads[2], pads[3], pads[5], pads[6], pads[7]};
      graph.step(
          name,
          "Pad",
          graph.last() + " " + graph.integers(name + ".p", some) + " - " + axes,
          result);
    } else {
      graph.step(name, "Pad", graph.last() + " " + graph.integers(name + ".p", pads), result);
    }
  }

  void gemm(String name) {
    long[] shape = graph.shape();
    long outputs = graph.between(2, 8);
    int turned = graph.between(0, 1);
    long inputs = shape[1];
    String w =
        graph.weights(name + ".w", turned == 1 ? outputs : inputs, turned == 1 ? inputs : outputs);
    List<long[]> forms = List.of(new long[] {outputs}, new long[] {1, outputs}, new long[] {1});
    String c = graph.weights(name + ".c", forms.get(graph.numbers().nextInt(3)));
    boolean without = graph.opset() >= 11 && graph.chance(3);
    graph.step(
        name,
        "Gemm",
        graph.last() + " " + w + (without ? "" : " " + c),
        new long[] {0, outputs},
        "transB",
        turned,
        "alpha",
        graph.chance(2) ? 1.0 : 0.5,
        "beta",
        graph.chance(2) ? 1.0 : -2.0);
  }

  private void matrix(String name) {
    long[] shape = graph.shape();
    long outputs = graph.between(2, 6);
    int axis = shape.length - 1;
    String w = graph.weights(name + ".w", shape[axis], outputs);
    graph.step(name, "MatMul", graph.last() + " " + w, graph.resized(axis, outputs));
  }

  private void normalisation(String name) {
    long[] shape = graph.shape();
    long c = shape[1];
    String inputs =
        graph.last() + " " + graph.weights(name + ".s", c) + " " + graph.weights(name + ".t", c);
    inputs += " " + graph.weights(name + ".m", c);
    graph.shifted(name + ".v", 1.5, c);
    graph.step(name, "BatchNormalization", inputs + " " + name + ".v", shape, "epsilon", 0.01);
  }
}

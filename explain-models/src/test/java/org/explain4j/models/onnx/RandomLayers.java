package org.explain4j.models.onnx;

import static org.explain4j.models.onnx.RandomGraph.ints;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** The operators of a {@link RandomGraph} that came with networks beyond ReLU. */
final class RandomLayers {
  private final RandomGraph graph;

  RandomLayers(RandomGraph graph) {
    this.graph = graph;
  }

  List<Consumer<String>> fitting() {
    List<Consumer<String>> all = new ArrayList<>(List.of(this::activation, this::activation));
    all.addAll(List.of(this::gate, this::prelu));
    long[] shape = graph.shape();
    if (shape.length > 2) {
      all.addAll(List.of(this::excitation, this::instance));
    }
    if (shape.length == 4) {
      all.addAll(List.of(this::local, this::resize, this::transposed, this::normPool));
    }
    if (graph.opset() >= 17) {
      all.add(this::layer);
    }
    if (graph.opset() >= 18 && shape[1] % 2 == 0 && shape.length > 2) {
      all.add(this::group);
    }
    return all;
  }

  private void keep(String name, String operator, String inputs, Object... settings) {
    graph.step(name, operator, inputs, graph.shape(), settings);
  }

  private void activation(String name) {
    List<Object[]> rows =
        new ArrayList<>(
            List.of(
                new Object[] {"Sigmoid"},
                new Object[] {"Tanh"},
                new Object[] {"Softplus"},
                new Object[] {"Softsign"},
                new Object[] {"Selu"},
                new Object[] {"LeakyRelu", "alpha", 0.2},
                new Object[] {"Elu", "alpha", 0.7},
                new Object[] {"HardSigmoid", "alpha", 0.3}));
    int opset = graph.opset();
    if (opset >= 10) {
      rows.add(new Object[] {"ThresholdedRelu", "alpha", 0.4});
    }
    if (opset >= 12) {
      rows.add(new Object[] {"Celu", "alpha", 0.6});
    }
    if (opset >= 14) {
      rows.add(new Object[] {"HardSwish"});
    }
    if (opset >= 18) {
      rows.add(new Object[] {"Mish"});
    }
    if (opset >= 20) {
      rows.add(new Object[] {"Gelu"});
      rows.add(new Object[] {"Gelu", "approximate", "tanh"});
    }
    Object[] row = rows.get(graph.between(0, rows.size() - 1));
    keep(name, (String) row[0], graph.last(), Arrays.copyOfRange(row, 1, row.length));
  }

  /** Slopes for all, for each entry of some axes, or for each entry. */
  private void prelu(String name) {
    long[] slopes = graph.shape();
    slopes[0] = 1;
    for (int axis = 1; axis < slopes.length; axis++) {
      slopes[axis] = graph.chance(2) ? 1 : slopes[axis];
    }
    keep(name, "PRelu", graph.last() + " " + graph.weights(name + ".a", slopes));
  }

  private void gate(String name) {
    String before = graph.last();
    keep(name + ".gate", "Sigmoid", before);
    keep(name, "Mul", graph.chance(2) ? before + " " + name + ".gate" : name + ".gate " + before);
  }

  /** A factor for each channel, from the mean over the other axes. */
  private void excitation(String name) {
    String before = graph.last();
    long[] shape = graph.shape();
    int axis = graph.between(1, shape.length - 1);
    int[] axes = ints(LongStream.range(1, shape.length).filter(a -> a != axis).toArray());
    long[] pooled = new long[shape.length];
    Arrays.fill(pooled, 1);
    pooled[0] = 0;
    pooled[axis] = shape[axis];
    if (graph.opset() < 18) {
      graph.step(name + ".mean", "ReduceMean", before, pooled, "axes", axes);
    } else {
      String given = graph.integers(name + ".axes", Arrays.stream(axes).asLongStream().toArray());
      graph.step(name + ".mean", "ReduceMean", before + " " + given, pooled);
    }
    keep(name + ".gate", "HardSigmoid", name + ".mean");
    graph.step(name, "Mul", name + ".gate " + before, shape);
  }

  private void instance(String name) {
    long c = graph.shape()[1];
    String inputs = graph.last() + " " + graph.weights(name + ".s", c);
    inputs += " " + graph.weights(name + ".t", c);
    keep(name, "InstanceNormalization", inputs, "epsilon", 0.05);
  }

  private void group(String name) {
    long c = graph.opset() < 21 ? 2 : graph.shape()[1];
    String inputs = graph.last() + " " + graph.weights(name + ".s", c);
    inputs += " " + graph.weights(name + ".t", c);
    keep(name, "GroupNormalization", inputs, "epsilon", 0.05, "num_groups", 2);
  }

  private void layer(String name) {
    long[] shape = graph.shape();
    int axis = graph.between(1, shape.length - 1);
    long[] own = Arrays.copyOfRange(shape, axis, shape.length);
    if (LongStream.of(own).allMatch(size -> size == 1)) {
      return;
    }
    String inputs = graph.last() + " " + graph.weights(name + ".s", own);
    inputs += graph.chance(2) ? "" : " " + graph.weights(name + ".t", own);
    int given = graph.chance(2) ? axis : axis - shape.length;
    keep(name, "LayerNormalization", inputs, "axis", given, "epsilon", 0.05);
  }

  private void local(String name) {
    int size = graph.between(1, 3) * 2 - 1;
    keep(name, "LRN", graph.last(), "size", size, "alpha", 0.5, "beta", 0.6, "bias", 1.5);
  }

  private void resize(String name) {
    long[] shape = graph.shape();
    if (shape[2] > 12 || shape[3] > 12) {
      return;
    }
    String mode = graph.chance(2) ? "nearest" : "linear";
    long[] to = {0, shape[1], shape[2] * 2, shape[3] * 2};
    if (graph.opset() < 9) {
      return; // its scales are an attribute of numbers
    }
    String scales = graph.values(name + ".scales", 1, 1, 2, 2);
    if (graph.opset() < 11) {
      String operator = graph.opset() == 9 ? "Upsample" : "Resize";
      graph.step(name, operator, graph.last() + " " + scales, to, "mode", mode);
      return;
    }
    List<String> all = List.of("half_pixel", "asymmetric", "align_corners", "pytorch_half_pixel");
    String coordinates = all.get(graph.between(0, 3));
    List<String> rounds = List.of("round_prefer_floor", "round_prefer_ceil", "floor", "ceil");
    String nearest = rounds.get(graph.between(0, 3));
    String roi = graph.opset() < 13 ? graph.values(name + ".roi", new double[8]) : "-";
    String inputs = graph.last() + " " + roi + " " + scales;
    if (graph.opset() >= 13 && graph.chance(2)) {
      to[2] = graph.between(1, 9);
      to[3] = graph.between(1, 9);
      if (graph.opset() < 18) {
        return; // sizes would name the batch
      }
      inputs = graph.last() + " - - " + graph.integers(name + ".sizes", to[2], to[3]);
      graph.step(
          name,
          "Resize",
          inputs,
          to,
          "mode",
          mode,
          "axes",
          ints(2, 3),
          "coordinate_transformation_mode",
          coordinates,
          "nearest_mode",
          nearest);
      return;
    }
    graph.step(
        name,
        "Resize",
        inputs,
        to,
        "mode",
        mode,
        "coordinate_transformation_mode",
        coordinates,
        "nearest_mode",
        nearest);
  }

  private void transposed(String name) {
    long[] shape = graph.shape();
    if (shape[2] > 12 || shape[3] > 12) {
      return;
    }
    int groups = shape[1] % 2 == 0 && graph.chance(3) ? 2 : 1;
    int outputs = graph.between(1, 3);
    int size = graph.between(1, 3);
    int stride = graph.between(1, 2);
    int pad = graph.between(0, size - 1);
    int extra = stride == 2 ? graph.between(0, 1) : 0;
    long height = (shape[2] - 1) * stride + size - pad + extra;
    long width = (shape[3] - 1) * stride + size - pad + extra;
    if (height < 1 || width < 1) {
      return;
    }
    String inputs = graph.last() + " " + graph.weights(name + ".w", shape[1], outputs, size, size);
    inputs += graph.chance(2) ? "" : " " + graph.weights(name + ".b", (long) outputs * groups);
    graph.step(
        name,
        "ConvTranspose",
        inputs,
        new long[] {0, (long) outputs * groups, height, width},
        "strides",
        ints(stride, stride),
        "pads",
        ints(pad, 0, 0, pad),
        "group",
        groups,
        "output_padding",
        ints(extra, extra));
  }

  private void normPool(String name) {
    long[] shape = graph.shape();
    if (graph.chance(2) && graph.opset() < 22) { // ONNX Runtime 1.23 has no newer one
      graph.step(name, "GlobalLpPool", graph.last(), new long[] {0, shape[1], 1, 1}, "p", 2);
      return;
    }
    int size = (int) Math.min(2, Math.min(shape[2], shape[3]));
    long[] to = {0, shape[1], shape[2] / size, shape[3] / size};
    int[] window = ints(size, size);
    graph.step(name, "LpPool", graph.last(), to, "kernel_shape", window, "strides", window, "p", 2);
  }
}

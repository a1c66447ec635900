package org.explain4j.models.onnx;

import static org.explain4j.models.onnx.OnnxFile.random;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network of random operators, written as its opset asks for, with the shapes it goes through.
 */
final class RandomGraph {
  private static final int STEPS = 8;
  private static final long LARGEST = 4000;

  private final SplittableRandom random;
  private final int opset;
  private final OnnxFile file;
  private final long[] input;
  private long seed;
  private String last = "x";
  private long[] shape;

  RandomGraph(long seed) {
    random = new SplittableRandom(seed);
    this.seed = 1000 * seed;
    opset = 7 + random.nextInt(16);
    long[] images = {0, between(1, 6), between(4, 9), between(4, 9)};
    input = random.nextInt(5) == 0 ? new long[] {0, between(2, 12)} : images;
    shape = input;
    file = new OnnxFile(opset).input("x", input);
    for (int i = 0; i < STEPS; i++) {
      List<Consumer<String>> fitting = fitting();
      fitting.get(random.nextInt(fitting.size())).accept("n" + i);
    }
    finish();
  }

  byte[] bytes() {
    return file.bytes(last);
  }

  /** A batch as the file has it. */
  INDArray batch(int size) {
    long[] batch = input.clone();
    batch[0] = size;
    return random(seed, batch);
  }

  /** Whether the network has the channels of the file's images first. */
  boolean isChannelsLast(List<Long> inputShape) {
    return !LongStream.of(input).skip(1).boxed().toList().equals(inputShape);
  }

  @Override
  public String toString() {
    return "opset " + opset + ", " + file;
  }

  private int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  private boolean chance(int in) {
    return random.nextInt(in) == 0;
  }

  private List<Consumer<String>> fitting() {
    List<Consumer<String>> all =
        new ArrayList<>(List.of(this::relu, this::constant, this::residual));
    if (shape.length == 4) {
      all.addAll(
          List.of(this::convolution, this::convolution, this::pool, this::pad, this::global));
      if (shape[1] % 2 == 0) {
        all.add(this::shuffle);
      }
    }
    if (shape.length > 2) {
      all.addAll(List.of(this::transpose, this::reduce, this::gather, this::flatten));
    }
    if (shape.length == 2) {
      all.addAll(List.of(this::gemm, this::unsqueeze));
    }
    if (shape.length == 2 || shape.length == 4) {
      all.add(this::normalisation);
    }
    all.addAll(List.of(this::matrix, this::slice, this::join, this::squeeze, this::reshape));
    return all;
  }

  private void step(
      String name, String operator, String inputs, long[] result, Object... settings) {
    file.node(name, operator, inputs, settings);
    last = name;
    shape = result;
  }

  private String weights(String name, long... size) {
    file.weights(name, random(++seed, size));
    return name;
  }

  private String integers(String name, long... values) {
    file.integers(name, values);
    return name;
  }

  private static int[] ints(long... values) {
    return LongStream.of(values).mapToInt(v -> (int) v).toArray();
  }

  private int axis() {
    return between(1, shape.length - 1);
  }

  /** The same axis, sometimes counted from the end. */
  private long signed(int axis) {
    return chance(2) ? axis - shape.length : axis;
  }

  private long[] resized(int axis, long size) {
    long[] result = shape.clone();
    result[axis] = size;
    return result;
  }

  private void relu(String name) {
    if (chance(2)) {
      step(name, "Relu", last, shape);
    } else if (opset < 11) {
      step(name, "Clip", last, shape, "min", 0.0);
    } else {
      file.weights(name + ".low", Nd4j.scalar(0f));
      step(name, "Clip", last + " " + name + ".low", shape);
    }
  }

  private void constant(String name) {
    String operator = List.of("Add", "Sub", "Mul", "Div").get(random.nextInt(4));
    long[] size = new long[between(0, shape.length)];
    Arrays.setAll(
        size,
        i -> {
          int axis = i + shape.length - size.length;
          return axis > 0 && chance(2) ? shape[axis] : 1;
        });
    file.weights(name + ".c", random(++seed, size).addi(operator.equals("Div") ? 2 : 0));
    boolean first = chance(3) && !operator.equals("Div");
    String inputs = first ? name + ".c " + last : last + " " + name + ".c";
    step(name, operator, inputs, shape);
  }

  private void residual(String name) {
    String before = last;
    long[] same = shape;
    transposed(name + ".a");
    step(name + ".b", "Relu", last, shape);
    if (shape != same) {
      int[] back = new int[shape.length];
      IntStream.range(0, back.length).forEach(i -> back[order[i]] = i);
      step(name + ".c", "Transpose", last, same, "perm", back);
    }
    String operator = List.of("Add", "Sub", "Sum").get(random.nextInt(3));
    step(name, operator, before + " " + last, same);
  }

  private int[] order = {};

  /** Any axes but the first exchanged, half of the times. */
  private void transposed(String name) {
    if (shape.length < 3 || chance(2)) {
      return;
    }
    List<Integer> axes = new ArrayList<>(IntStream.range(1, shape.length).boxed().toList());
    for (int i = axes.size() - 1; i > 0; i--) {
      axes.add(i, axes.remove(random.nextInt(i + 1)));
    }
    axes.add(0, 0);
    order = axes.stream().mapToInt(i -> i).toArray();
    long[] result = Arrays.stream(order).mapToLong(axis -> shape[axis]).toArray();
    step(name, "Transpose", last, result, "perm", order);
  }

  private void transpose(String name) {
    transposed(name);
  }

  private void convolution(String name) {
    long groups = shape[1] % 2 == 0 && chance(3) ? 2 : 1;
    long kernels = groups * between(1, 4);
    int size = between(1, (int) Math.min(3, Math.min(shape[2], shape[3])));
    int stride = between(1, 2);
    int pad = between(0, size - 1);
    String inputs = last + " " + weights(name + ".w", kernels, shape[1] / groups, size, size);
    inputs += chance(2) ? "" : " " + weights(name + ".b", kernels);
    long[] result = {0, kernels, shape[2] + pad, shape[3] + pad};
    Arrays.setAll(result, i -> i < 2 ? result[i] : (result[i] - size) / stride + 1);
    step(
        name,
        "Conv",
        inputs,
        result,
        "strides",
        ints(stride, stride),
        "group",
        (int) groups,
        "pads",
        ints(pad, 0, 0, pad));
  }

  private void pool(String name) {
    boolean max = chance(2);
    int size = between(1, (int) Math.min(3, Math.min(shape[2], shape[3])));
    long[] result = {0, shape[1], shape[2] / size, shape[3] / size};
    int[] window = ints(size, size);
    step(
        name,
        max ? "MaxPool" : "AveragePool",
        last,
        result,
        "kernel_shape",
        window,
        "strides",
        window);
  }

  private void global(String name) {
    String operator = chance(2) ? "GlobalAveragePool" : "GlobalMaxPool";
    step(name, operator, last, new long[] {0, shape[1], 1, 1});
  }

  private void pad(String name) {
    long[] pads = new long[8];
    long[] result = shape.clone();
    for (int axis = 1; axis < 4; axis++) {
      pads[axis] = between(0, 1);
      pads[axis + 4] = shape[axis] > 2 ? between(-1, 1) : 0;
      result[axis] += pads[axis] + pads[axis + 4];
    }
    if (opset < 11) {
      step(name, "Pad", last, result, "pads", ints(pads), "value", 0.5);
    } else if (opset >= 18 && chance(2)) {
      String axes = integers(name + ".axes", 1, -2, 3);
      long[] some = {pads[1], pads[2], pads[3], pads[5], pads[6], pads[7]};
      step(name, "Pad", last + " " + integers(name + ".p", some) + " - " + axes, result);
    } else {
      step(name, "Pad", last + " " + integers(name + ".p", pads), result);
    }
  }

  private void shuffle(String name) {
    long[] from = shape;
    long[] split = {0, 2, from[1] / 2, from[2], from[3]};
    long[] turned = {0, from[1] / 2, 2, from[2], from[3]};
    step(name + ".split", "Reshape", last + " " + integers(name + ".s", split), split);
    step(name + ".turn", "Transpose", last, turned, "perm", ints(0, 2, 1, 3, 4));
    step(name, "Reshape", last + " " + integers(name + ".t", from), from);
  }

  private void reduce(String name) {
    String operator = List.of("ReduceMean", "ReduceSum", "ReduceMax").get(random.nextInt(3));
    long[] axes =
        IntStream.range(1, shape.length).filter(a -> chance(2)).mapToLong(this::signed).toArray();
    if (axes.length == 0) {
      return;
    }
    boolean keeps = chance(2);
    List<Long> result = new ArrayList<>();
    for (int axis = 0; axis < shape.length; axis++) {
      int a = axis;
      boolean reduced = LongStream.of(axes).anyMatch(x -> (x + shape.length) % shape.length == a);
      if (!reduced || keeps) {
        result.add(reduced ? 1 : shape[axis]);
      }
    }
    if (result.size() < 2) {
      return;
    }
    long[] to = result.stream().mapToLong(i -> i).toArray();
    boolean asInput = opset >= (operator.equals("ReduceSum") ? 13 : 18);
    long[] positive = LongStream.of(axes).map(x -> (x + shape.length) % shape.length).toArray();
    long[] given = opset < 11 ? positive : axes;
    if (asInput) {
      String inputs = last + " " + integers(name + ".axes", given);
      step(name, operator, inputs, to, "keepdims", keeps ? 1 : 0);
    } else {
      step(name, operator, last, to, "axes", ints(given), "keepdims", keeps ? 1 : 0);
    }
  }

  private void gather(String name) {
    int axis = axis();
    if (chance(2)) {
      long[] indices =
          IntStream.range(0, between(1, 3)).mapToLong(i -> random.nextLong(shape[axis])).toArray();
      String inputs = last + " " + integers(name + ".i", indices);
      step(name, "Gather", inputs, resized(axis, indices.length), "axis", axis);
    } else {
      file.scalar(name + ".i", random.nextLong(shape[axis]));
      long[] result =
          IntStream.range(0, shape.length)
              .filter(a -> a != axis)
              .mapToLong(a -> shape[a])
              .toArray();
      step(name, "Gather", last + " " + name + ".i", result, "axis", axis);
    }
  }

  private void flatten(String name) {
    step(name, "Flatten", last, new long[] {0, size()});
  }

  private long size() {
    return LongStream.of(shape).skip(1).reduce(1, (a, b) -> a * b);
  }

  private void gemm(String name) {
    long outputs = between(2, 8);
    int turned = between(0, 1);
    long inputs = shape[1];
    String w = weights(name + ".w", turned == 1 ? outputs : inputs, turned == 1 ? inputs : outputs);
    List<long[]> forms = List.of(new long[] {outputs}, new long[] {1, outputs}, new long[] {1});
    String c = weights(name + ".c", forms.get(random.nextInt(3)));
    boolean without = opset >= 11 && chance(3);
    step(
        name,
        "Gemm",
        last + " " + w + (without ? "" : " " + c),
        new long[] {0, outputs},
        "transB",
        turned,
        "alpha",
        chance(2) ? 1.0 : 0.5,
        "beta",
        chance(2) ? 1.0 : -2.0);
  }

  private void matrix(String name) {
    long outputs = between(2, 6);
    int axis = shape.length - 1;
    String w = weights(name + ".w", shape[axis], outputs);
    step(name, "MatMul", last + " " + w, resized(axis, outputs));
  }

  private void normalisation(String name) {
    long c = shape[1];
    String inputs = last + " " + weights(name + ".s", c) + " " + weights(name + ".t", c);
    inputs += " " + weights(name + ".m", c);
    file.weights(name + ".v", random(++seed, c).addi(1.5));
    step(name, "BatchNormalization", inputs + " " + name + ".v", shape, "epsilon", 0.01);
  }

  private void slice(String name) {
    int axis = axis();
    long from = random.nextLong(shape[axis]);
    long to = from + 1 + random.nextLong(shape[axis] - from);
    long stride = opset >= 10 ? between(1, 2) : 1;
    long[] result = resized(axis, (to - from + stride - 1) / stride);
    long end = to == shape[axis] ? Long.MAX_VALUE : to - shape[axis];
    if (opset < 10) {
      step(name, "Slice", last, result, "starts", ints(from), "ends", ints(to), "axes", ints(axis));
      return;
    }
    String inputs = last + " " + integers(name + ".from", from) + " " + integers(name + ".to", end);
    inputs += " " + integers(name + ".axis", axis) + " " + integers(name + ".step", stride);
    step(name, "Slice", inputs, result);
  }

  private void join(String name) {
    int axis = axis();
    if (size() > LARGEST) {
      return;
    }
    String first = last;
    step(name + ".a", "Relu", last, shape);
    String inputs = first + " " + last + " " + first;
    step(name, "Concat", inputs, resized(axis, 3 * shape[axis]), "axis", axis);
  }

  private void unsqueeze(String name) {
    int axis = between(1, shape.length);
    List<Long> to = new ArrayList<>(LongStream.of(shape).boxed().toList());
    to.add(axis, 1L);
    axes(name, "Unsqueeze", axis, to.stream().mapToLong(i -> i).toArray());
  }

  private void squeeze(String name) {
    int[] ones = IntStream.range(1, shape.length).filter(a -> shape[a] == 1).toArray();
    if (ones.length == 0 || shape.length == 2) {
      return;
    }
    int axis = ones[random.nextInt(ones.length)];
    long[] to =
        IntStream.range(0, shape.length).filter(a -> a != axis).mapToLong(a -> shape[a]).toArray();
    axes(name, "Squeeze", axis, to);
  }

  private void axes(String name, String operator, int axis, long... to) {
    if (opset < 13) {
      step(name, operator, last, to, "axes", ints(axis));
    } else {
      step(name, operator, last + " " + integers(name + ".axes", axis), to);
    }
  }

  /** To any shape of the same size, some computed from the input's. */
  private void reshape(String name) {
    long size = size();
    long first =
        LongStream.rangeClosed(1, size)
            .filter(d -> size % d == 0)
            .skip(random.nextInt(3))
            .findFirst()
            .orElse(1);
    long[] to = {0, first, size / first};
    if (chance(2)) {
      step(name, "Reshape", last + " " + integers(name + ".s", 0, first, -1), to);
      return;
    }
    file.node(name + ".shape", "Shape", last).scalar(name + ".zero", 0);
    file.node(name + ".n", "Gather", name + ".shape " + name + ".zero", "axis", 0);
    if (opset < 13) {
      file.node(name + ".batch", "Unsqueeze", name + ".n", "axes", ints(0));
    } else {
      file.node(name + ".batch", "Unsqueeze", name + ".n " + integers(name + ".a", 0));
    }
    String parts = name + ".batch " + integers(name + ".rest", first, size / first);
    file.node(name + ".to", "Concat", parts, "axis", 0);
    step(name, "Reshape", last + " " + name + ".to", to);
  }

  private void finish() {
    if (shape.length > 2) {
      flatten("flat");
    }
    gemm("logits");
  }
}

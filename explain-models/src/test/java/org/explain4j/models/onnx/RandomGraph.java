package org.explain4j.models.onnx;

import static org.explain4j.models.onnx.OnnxFile.random;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network of random operators, written as its opset asks for, with the shapes it goes through.
 */
final class RandomGraph {
  private static final int STEPS = 8;

  private final SplittableRandom random;
  private final int opset;
  private final OnnxFile file;
  private final RandomLinear linear = new RandomLinear(this);
  private final RandomMoves moves = new RandomMoves(this);
  private final RandomLayers layers = new RandomLayers(this);
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

  SplittableRandom numbers() {
    return random;
  }

  OnnxFile file() {
    return file;
  }

  /** Of one example. */
  long size() {
    return LongStream.of(shape).skip(1).reduce(1, (a, b) -> a * b);
  }

  int opset() {
    return opset;
  }

  String last() {
    return last;
  }

  long[] shape() {
    return shape.clone();
  }

  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  boolean chance(int in) {
    return random.nextInt(in) == 0;
  }

  private List<Consumer<String>> fitting() {
    List<Consumer<String>> all = new ArrayList<>(linear.fitting());
    all.addAll(moves.fitting());
    all.addAll(layers.fitting());
    return all;
  }

  void step(String name, String operator, String inputs, long[] result, Object... settings) {
    file.node(name, operator, inputs, settings);
    last = name;
    shape = result;
  }

  String weights(String name, long... size) {
    file.weights(name, random(++seed, size));
    return name;
  }

  String shifted(String name, double by, long... size) {
    file.weights(name, random(++seed, size).addi(by));
    return name;
  }

  String values(String name, double... values) {
    file.weights(name, Nd4j.createFromArray(values).castTo(DataType.FLOAT));
    return name;
  }

  String scalar(String name, double value) {
    file.weights(name, Nd4j.scalar((float) value));
    return name;
  }

  String integers(String name, long... values) {
    file.integers(name, values);
    return name;
  }

  static int[] ints(long... values) {
    return LongStream.of(values).mapToInt(v -> (int) v).toArray();
  }

  int axis() {
    return between(1, shape.length - 1);
  }

  /** The same axis, sometimes counted from the end. */
  long signed(int axis) {
    return chance(2) ? axis - shape.length : axis;
  }

  long[] resized(int axis, long size) {
    long[] result = shape.clone();
    result[axis] = size;
    return result;
  }

  private void finish() {
    if (shape.length > 2) {
      moves.flatten("flat");
    }
    linear.gemm("logits");
  }
}

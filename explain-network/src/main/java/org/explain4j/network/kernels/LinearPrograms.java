package org.explain4j.network.kernels;

import static org.explain4j.network.onednn.Primitive.Argument.BIAS;
import static org.explain4j.network.onednn.Primitive.Argument.DESTINATION;
import static org.explain4j.network.onednn.Primitive.Argument.DESTINATION_GRADIENT;
import static org.explain4j.network.onednn.Primitive.Argument.SOURCE;
import static org.explain4j.network.onednn.Primitive.Argument.SOURCE_GRADIENT;
import static org.explain4j.network.onednn.Primitive.Argument.WEIGHTS;
import static org.explain4j.network.onednn.Primitive.Argument.WEIGHT_GRADIENT;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.explain4j.network.Convolution;
import org.explain4j.network.Shapes;
import org.explain4j.network.Window;
import org.explain4j.network.arrays.Buffers;
import org.explain4j.network.arrays.HostMemory;
import org.explain4j.network.arrays.Planes;
import org.explain4j.network.arrays.Workers;
import org.explain4j.network.onednn.Geometry;
import org.explain4j.network.onednn.Layout;
import org.explain4j.network.onednn.LinearPrimitives;
import org.explain4j.network.onednn.OneDnn;
import org.explain4j.network.onednn.OneDnnException;
import org.explain4j.network.onednn.PostOperation;
import org.explain4j.network.onednn.Primitive;
import org.explain4j.network.onednn.Primitive.Argument;
import org.explain4j.network.onednn.Program;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Single convolutions and their adjoints on row-major float32 arrays, image by image, for rules
 * that take one layer at a time, and with weights of their own.
 */
public final class LinearPrograms {
  /** Shapes whose programs are kept; a large network has some dozens. */
  private static final int KEPT = 256;

  private static final Map<Key, Optional<Planned>> PLANNED =
      new LinkedHashMap<>(KEPT, .75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Optional<Planned>> eldest) {
          return size() > KEPT;
        }
      };

  private LinearPrograms() {}

  private enum Direction {
    FORWARD,
    TRANSPOSED,
    WEIGHT_GRADIENT
  }

  /** What a program depends on. */
  private record Key(
      Direction direction,
      long channels,
      long height,
      long width,
      long neurons,
      Window window,
      int groups) {

    long[] image() {
      return new long[] {1, channels, height, width};
    }

    long[] output() {
      return new long[] {
        1, neurons, window.outputHeight(height, false), window.outputWidth(width, false)
      };
    }

    long[] weights() {
      long[] shape = {neurons, channels / groups, window.height(), window.width()};
      return LinearPrimitives.weightShape(shape, groups);
    }
  }

  /**
   * A program, and one that brings weights into its layout.
   *
   * @param externals the program's arrays of the caller's: what changes from image to image, then
   *     the weights and what else is shared
   * @param weights numbers of the weights in that layout
   */
  private record Planned(
      Program program, int[] externals, Program packing, int[] packed, long weights) {

    INDArray pack(INDArray array) {
      INDArray result = Buffers.uninitialized(DataType.FLOAT, weights);
      INDArray plain = Planes.consecutive(array) ? array : array.dup('c');
      long[] addresses = {HostMemory.address(plain), HostMemory.address(result)};
      Examples.using(() -> packing.run(packed, addresses), plain, result);
      return result;
    }
  }

  private static Optional<Planned> planned(Direction direction, Convolution layer, long... image) {
    if (layer.weights().dataType() != DataType.FLOAT || !OneDnn.isAvailable()) {
      return Optional.empty();
    }
    Key key =
        new Key(
            direction,
            image[1],
            image[2],
            image[3],
            layer.neurons(),
            layer.window(),
            layer.groups());
    synchronized (PLANNED) {
      return PLANNED.computeIfAbsent(key, LinearPrograms::plan);
    }
  }

  private static Optional<Planned> plan(Key key) {
    try {
      Geometry geometry = key.window().geometry();
      Layout image = Layout.any(key.image());
      Layout weights = Layout.any(key.weights());
      Layout output = Layout.any(key.output());
      return Optional.of(
          switch (key.direction()) {
            case FORWARD ->
                forward(
                    key,
                    LinearPrimitives.convolution(
                        image, weights, output, geometry, false, PostOperation.NONE));
            case TRANSPOSED ->
                transposed(
                    key, LinearPrimitives.convolutionTransposed(image, weights, output, geometry));
            case WEIGHT_GRADIENT ->
                weightGradient(
                    key,
                    LinearPrimitives.convolutionWeightGradient(image, weights, output, geometry));
          });
    } catch (OneDnnException e) {
      return Optional.empty();
    }
  }

  private static Planned forward(Key key, Primitive primitive) {
    Program program = new Program();
    int from = program.external(Layout.plain(key.image()));
    int to = program.external(Layout.plain(key.output()));
    int weights = program.external(primitive.layout(WEIGHTS));
    int bias = program.external(Layout.plain(key.neurons()));
    program.copy(
        program.result(primitive, DESTINATION, SOURCE, from, WEIGHTS, weights, BIAS, bias), to);
    return planned(key, program, new int[] {from, to, weights, bias}, primitive, WEIGHTS);
  }

  private static Planned transposed(Key key, Primitive primitive) {
    Program program = new Program();
    int from = program.external(Layout.plain(key.output()));
    int to = program.external(Layout.plain(key.image()));
    int weights = program.external(primitive.layout(WEIGHTS));
    program.copy(
        program.result(primitive, SOURCE_GRADIENT, DESTINATION_GRADIENT, from, WEIGHTS, weights),
        to);
    return planned(key, program, new int[] {from, to, weights}, primitive, WEIGHTS);
  }

  private static Planned weightGradient(Key key, Primitive primitive) {
    Program program = new Program();
    int image = program.external(Layout.plain(key.image()));
    int message = program.external(Layout.plain(key.output()));
    int to = program.external(Layout.plain(key.weights()));
    program.copy(
        program.result(primitive, WEIGHT_GRADIENT, SOURCE, image, DESTINATION_GRADIENT, message),
        to);
    return planned(key, program, new int[] {image, message, to}, primitive, WEIGHT_GRADIENT);
  }

  private static Planned planned(
      Key key, Program program, int[] externals, Primitive primitive, Argument weights) {
    Program packing = new Program();
    Layout wanted = primitive.layout(weights);
    int plain = packing.external(Layout.plain(key.weights()));
    int packed = packing.external(wanted);
    packing.copy(plain, packed);
    long numbers = (wanted.bytes() + Float.BYTES - 1) / Float.BYTES;
    return new Planned(program, externals, packing, new int[] {plain, packed}, numbers);
  }

  /** As {@link ConvolutionKernels#forward}; empty where ND4J is to do it. */
  public static Optional<INDArray> forward(Convolution layer, INDArray input) {
    Optional<Planned> planned = planned(Direction.FORWARD, layer, input.shape());
    if (planned.isEmpty()) {
      return Optional.empty();
    }
    long[] shape = Shapes.withBatch(input.size(0), layer.outputShapeOf(Shapes.example(input)));
    INDArray output = Buffers.uninitialized(input, shape);
    run(planned.get(), layer.weights(), plain(input), output, plain(layer.bias()));
    return Optional.of(output);
  }

  /** As {@link ConvolutionKernels#transpose}; empty where ND4J is to do it. */
  public static Optional<INDArray> transpose(
      Convolution layer, INDArray gradient, long[] inputShape) {
    Optional<Planned> planned = planned(Direction.TRANSPOSED, layer, inputShape);
    if (planned.isEmpty()) {
      return Optional.empty();
    }
    INDArray result = Buffers.uninitialized(gradient, inputShape);
    run(planned.get(), layer.weights(), plain(gradient), result);
    return Optional.of(result);
  }

  private static void run(Planned planned, INDArray weights, INDArray... arrays) {
    INDArray packed = planned.pack(weights);
    INDArray[] all = new INDArray[planned.externals().length];
    all[0] = arrays[0];
    all[1] = arrays[1];
    all[2] = packed;
    if (all.length > 3) {
      all[3] = arrays[2];
    }
    Examples.run(planned.program(), planned.externals(), 2, all);
    Buffers.release(packed);
  }

  /**
   * As {@link ConvolutionKernels#weightGradient}; empty where ND4J is to do it. The images' shares
   * are added up in their order, so that the sum depends on no batch.
   */
  public static Optional<INDArray> weightGradient(
      Convolution layer, INDArray input, INDArray gradient) {
    Optional<Planned> planned = planned(Direction.WEIGHT_GRADIENT, layer, input.shape());
    if (planned.isEmpty()) {
      return Optional.empty();
    }
    INDArray images = plain(input);
    INDArray messages = plain(gradient);
    INDArray weights = layer.weights();
    INDArray sum = weights.like();
    int count = Math.toIntExact(images.size(0));
    int share = Math.max(1, Workers.threads());
    for (int from = 0; from < count; from += share) {
      int to = Math.min(count, from + share);
      long[] shape = {to - from, weights.length()};
      INDArray shares = Buffers.uninitialized(DataType.FLOAT, shape);
      Examples.run(
          planned.get().program(),
          planned.get().externals(),
          Workers.slice(images, from, to),
          Workers.slice(messages, from, to),
          shares);
      for (int i = 0; i < to - from; i++) {
        sum.addi(shares.getRow(i).reshape(weights.shape()));
      }
      Buffers.release(shares);
    }
    return Optional.of(sum);
  }

  private static INDArray plain(INDArray array) {
    return Planes.consecutive(array) ? array : array.dup('c');
  }
}

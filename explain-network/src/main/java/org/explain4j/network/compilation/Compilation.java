package org.explain4j.network.compilation;

import static org.explain4j.network.onednn.Primitive.Argument.DESTINATION;
import static org.explain4j.network.onednn.Primitive.Argument.SECOND_SOURCE;
import static org.explain4j.network.onednn.Primitive.Argument.SOURCE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.Shapes;
import org.explain4j.network.arrays.Buffers;
import org.explain4j.network.arrays.HostMemory;
import org.explain4j.network.arrays.Planes;
import org.explain4j.network.onednn.ElementPrimitives;
import org.explain4j.network.onednn.ElementPrimitives.Binary;
import org.explain4j.network.onednn.Layout;
import org.explain4j.network.onednn.PostOperation;
import org.explain4j.network.onednn.Program;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A program in the making for one example, and which of its arrays holds what of the network. */
final class Compilation {
  private final Network network;
  private final Program program;
  private final Map<String, List<Long>> shapes;
  private final Map<String, Integer> values = new HashMap<>(); // images in any layout
  private final Map<String, Map<String, LinearLayer>> changed = new HashMap<>();
  private final Map<String, List<UnitedLayers>> united = new HashMap<>();
  private final List<INDArray> kept; // whose memory constants may lie in
  private final List<INDArray> passing; // made for this program, which has copies of most of them
  private final List<Integer> zeros = new ArrayList<>();
  private final int input;
  private final int batch;

  /** Into a program of its own, for one example. */
  Compilation(Network network) {
    this(network, 1);
  }

  /** Into a program of its own, whose input is the caller's, for so many examples at a time. */
  Compilation(Network network, int batch) {
    this.network = network;
    this.batch = batch;
    program = new Program();
    kept = new ArrayList<>();
    passing = new ArrayList<>();
    shapes = network.shapes();
    input = program.external(Layout.plain(shape(Network.INPUT)));
    values.put(Network.INPUT, input);
  }

  /**
   * Into another one's program, for an input that is always the same.
   *
   * @param constant {@code [1,...]}
   */
  Compilation(Compilation other, INDArray constant) {
    network = other.network;
    program = other.program;
    kept = other.kept;
    passing = other.passing;
    batch = 1;
    shapes = other.shapes;
    input = constant(constant, Layout.plain(shape(Network.INPUT)));
    values.put(Network.INPUT, input);
  }

  Network network() {
    return network;
  }

  Program program() {
    return program;
  }

  /** The program, once nothing is added any more. */
  Program finished() {
    for (INDArray array : passing) {
      if (array.closeable() && kept.stream().noneMatch(other -> Buffers.shared(other, array))) {
        array.close();
      }
    }
    program.keep(kept);
    return program;
  }

  /** Layers' weights that nothing but this program needs. */
  void passing(INDArray weights) {
    passing.add(weights);
  }

  /** The network's input, the caller's. */
  int input() {
    return input;
  }

  /** A node's value; null if it has none yet. */
  Integer value(String node) {
    return values.get(node);
  }

  void put(String node, int value) {
    values.put(node, value);
  }

  /** A node's linear layer with other weights, made once. */
  LinearLayer changed(Node node, String name, UnaryOperator<LinearLayer> change) {
    return changed
        .computeIfAbsent(node.name(), n -> new HashMap<>())
        .computeIfAbsent(
            name,
            n -> {
              LinearLayer layer = (LinearLayer) node.layer();
              LinearLayer made = change.apply(layer);
              if (!Buffers.shared(made.weights(), layer.weights())) {
                passing(made.weights());
              }
              return made;
            });
  }

  /** Layers of a node as one, made once; they must suit. */
  UnitedLayers united(Node node, List<LinearLayer> layers) {
    List<UnitedLayers> known = united.computeIfAbsent(node.name(), n -> new ArrayList<>());
    return known.stream()
        .filter(each -> each.is(layers))
        .findFirst()
        .orElseGet(
            () -> {
              known.add(new UnitedLayers(this, node, layers));
              return known.get(known.size() - 1);
            });
  }

  List<Integer> inputs(Node node) {
    return node.inputs().stream().map(values::get).toList();
  }

  /** The shape of a node's output for the examples at a time, one mostly. */
  long[] shape(String node) {
    return Shapes.withBatch(batch, shapes.get(node));
  }

  /** A node's value, row-major and the caller's. */
  int output(String node) {
    return handedOut(values.get(node));
  }

  /** An array, row-major and the caller's. */
  int handedOut(int array) {
    int last = plain(array);
    int handed = program.handedOut(last);
    if (handed >= 0) {
      return handed;
    }
    int output = program.external(program.layout(last));
    program.copy(last, output);
    return output;
  }

  /** A layer's numbers in a layout. */
  int constant(INDArray array, Layout wanted) {
    return constant(array, Layout.plain(array.shape()), wanted);
  }

  /**
   * @param own how the array lies in row-major order
   */
  int constant(INDArray array, Layout own, Layout wanted) {
    INDArray plain = Planes.consecutive(array) ? array : array.dup('c');
    if (own.fits(wanted)) {
      kept.add(plain);
    }
    return program.constant(own, HostMemory.address(plain), wanted);
  }

  /**
   * Zeros in a layout. As many as what they are compared with: oneDNN has no fast kernels for
   * comparisons with a single number.
   */
  int zeros(Layout layout) {
    for (int known : zeros) {
      if (program.layout(known).fits(layout)) {
        return known;
      }
    }
    int made = program.lasting(layout);
    zeros.add(made);
    return made;
  }

  int perChannel(Node node, INDArray values) {
    INDArray numbers = Shapes.perChannel(values, shape(node.name()));
    return constant(numbers, Layout.plain(numbers.shape()));
  }

  /** Into new memory, or in place. */
  int combined(Binary binary, int first, int second, boolean anew) {
    int destination = anew ? program.array(program.layout(first)) : first;
    combine(binary, first, second, PostOperation.NONE, destination);
    return destination;
  }

  /** Into new memory. */
  int combined(Binary binary, int first, int second, PostOperation after) {
    int destination = program.array(program.layout(first));
    combine(binary, first, second, after, destination);
    return destination;
  }

  private void combine(Binary binary, int first, int second, PostOperation after, int destination) {
    Layout layout = program.layout(first);
    if (!Arrays.equals(layout.shape(), program.layout(second).shape())) {
      program.step(
          ElementPrimitives.binary(binary, layout, program.layout(second), layout, after),
          SOURCE,
          first,
          SECOND_SOURCE,
          second,
          DESTINATION,
          destination);
      return;
    }
    int other = program.reordered(second, layout);
    Layout row = row(layout);
    program.step(
        ElementPrimitives.binary(binary, row, row, row, after),
        SOURCE,
        program.view(first, row, 0),
        SECOND_SOURCE,
        program.view(other, row, 0),
        DESTINATION,
        program.view(destination, row, 0));
  }

  /**
   * All of an array's memory as one row, with what a layout fills up: oneDNN's fast kernels for
   * single elements know few layouts. What is filled up stays 0 in sums, products and quotients.
   */
  private static Layout row(Layout layout) {
    return Layout.plain(1, layout.bytes() / Float.BYTES);
  }

  /** {@code factor * x + summand}; not 0 where a layout fills up. */
  int linear(int x, double factor, double summand) {
    Layout row = row(program.layout(x));
    int result = program.array(program.layout(x));
    program.step(
        ElementPrimitives.linear(row, factor, summand),
        SOURCE,
        program.view(x, row, 0),
        DESTINATION,
        program.view(result, row, 0));
    return result;
  }

  /** An array in the chain's own memory. */
  int owned(int array) {
    return program.isOwn(array) ? array : program.copied(array);
  }

  /** An array in row-major order. */
  int plain(int array) {
    return program.reordered(array, Layout.plain(program.layout(array).shape()));
  }
}

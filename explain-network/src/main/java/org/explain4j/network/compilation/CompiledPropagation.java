package org.explain4j.network.compilation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.explain4j.network.BackwardStep;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.Shapes;
import org.explain4j.network.arrays.Buffers;
import org.explain4j.network.arrays.HostMemory;
import org.explain4j.network.arrays.Planes;
import org.explain4j.network.arrays.Workers;
import org.explain4j.network.kernels.Examples;
import org.explain4j.network.onednn.ElementPrimitives.Binary;
import org.explain4j.network.onednn.Layout;
import org.explain4j.network.onednn.Lease;
import org.explain4j.network.onednn.OneDnnException;
import org.explain4j.network.onednn.Program;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A forward and a backward pass, compiled for one network and one kind of backward pass. It runs
 * example by example, except for last layers with many weights; results depend neither on the batch
 * nor on the number of threads.
 */
public final class CompiledPropagation {
  /** Examples that share one reading of the last layers' weights. */
  private static final int TOGETHER = 8;

  private final Network network;
  private final boolean fromLogit;
  private final Way way;
  private final Optional<Tail> tail;
  private final Program program;
  private final int[] externals; // input, one-hot or features, result; with a tail the message, too

  private CompiledPropagation(
      Network network, boolean fromLogit, Way way, Compilation forward, int[] externals) {
    this.network = network;
    this.fromLogit = fromLogit;
    this.way = way;
    this.tail = Tail.of(network);
    this.program = forward.finished();
    this.externals = externals;
  }

  /** Passes through last layers with all examples at once. */
  @FunctionalInterface
  public interface ThroughTail {
    /**
     * @param features what feeds the layers
     * @param start makes the first message of the logits
     * @return the message at the features
     */
    INDArray message(Network tail, INDArray features, UnaryOperator<INDArray> start);
  }

  /**
   * The kind of backward pass.
   *
   * @param steps of all nodes
   * @param reference {@code [1,...]}, whose pass steps may read
   */
  public record Way(
      Function<Node, BackwardStep> steps, ThroughTail throughTail, Optional<INDArray> reference) {}

  /**
   * Compiles the passes; empty if oneDNN is not available or cannot run a layer.
   *
   * @param fromLogit whether to start from the logit of the explained class instead of from one
   */
  public static Optional<CompiledPropagation> of(Network network, boolean fromLogit, Way way) {
    if (!network.isCompilable()) {
      return Optional.empty();
    }
    Optional<Tail> tail = Tail.of(network);
    if (tail.isPresent() && tail.get().isWhole()) {
      return Optional.empty();
    }
    String last = tail.map(Tail::before).orElse(network.output().name());
    try {
      Zeros zeros = new Zeros(network, way.steps());
      Compilation forward = new Compilation(network);
      Program program = forward.program();
      Optional<ForwardCompilation> reference =
          way.reference()
              .map(from -> new Compilation(forward, from))
              .map(from -> upward(from, way, zeros));
      reference.ifPresent(from -> program.prepare(() -> from.compile(last)));
      ForwardCompilation upward = upward(forward, way, zeros).compile(last);
      BackwardCompilation down = new BackwardCompilation(upward, reference, way.steps(), zeros);
      int[] externals;
      if (tail.isPresent()) {
        int features = forward.output(last);
        program.pause();
        int message = program.external(program.layout(features));
        externals = new int[] {forward.input(), features, message, down.compile(last, message)};
      } else {
        int logits = forward.plain(forward.value(last));
        int oneHot = program.external(Layout.plain(program.layout(logits).shape()));
        int start = fromLogit ? forward.combined(Binary.PRODUCT, oneHot, logits, true) : oneHot;
        externals = new int[] {forward.input(), oneHot, down.compile(last, start)};
      }
      return Optional.of(new CompiledPropagation(network, fromLogit, way, forward, externals));
    } catch (OneDnnException e) {
      return Optional.empty();
    }
  }

  private static ForwardCompilation upward(Compilation compilation, Way way, Zeros zeros) {
    return new ForwardCompilation(
        compilation,
        true,
        zeros::fuses,
        node ->
            way.steps()
                .apply(node)
                .summands(
                    (name, change) -> compilation.changed(node, name, change),
                    !zeros.isNonNegative(node.inputs().get(0))));
  }

  /**
   * The message at the input.
   *
   * @param inputs {@code [n,...]} of the network's input shape
   * @param classes one per example, each of which exists
   * @return the messages, of the inputs' shape
   */
  public INDArray run(INDArray inputs, int[] classes) {
    INDArray given = network.checked(inputs);
    INDArray result = Buffers.uninitialized(given, given.shape());
    if (tail.isPresent()) {
      for (int from = 0; from < classes.length; from += TOGETHER) {
        int to = Math.min(classes.length, from + TOGETHER);
        int first = from;
        together(
            Workers.slice(given, from, to),
            Workers.slice(result, from, to),
            logits -> start(logits, classes, first));
      }
    } else {
      try (INDArray oneHot = oneHot(classes, 0, classes.length)) {
        Examples.run(program, externals, given, oneHot, result);
      }
    }
    if (!Buffers.shared(given, inputs)) {
      given.close();
    }
    return result;
  }

  private void together(INDArray inputs, INDArray results, UnaryOperator<INDArray> start) {
    int count = Math.toIntExact(inputs.size(0));
    List<Lease> leases = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        leases.add(program.lease());
      }
      long[] shape = Shapes.withBatch(count, network.shapes().get(tail.get().before()));
      INDArray features = Buffers.uninitialized(inputs, shape);
      Workers.forEach(count, i -> leases.get(i).start(externals, addresses(i, inputs, features)));
      INDArray message = way.throughTail().message(tail.get().network(), features, start);
      INDArray plain = Planes.consecutive(message) ? message : message.dup('c');
      Workers.forEach(
          count,
          i -> leases.get(i).finish(externals, addresses(i, inputs, features, plain, results)));
      Buffers.release(features);
      Buffers.release(plain);
    } finally {
      leases.forEach(Lease::close);
    }
  }

  /** Where an example lies in arrays; 0 for those that are not needed yet. */
  private long[] addresses(int example, INDArray... arrays) {
    long[] addresses = new long[externals.length];
    for (int i = 0; i < arrays.length; i++) {
      long size = arrays[i].length() / arrays[i].size(0);
      addresses[i] = HostMemory.address(arrays[i]) + example * size * Float.BYTES;
    }
    return addresses;
  }

  private INDArray start(INDArray logits, int[] classes, int from) {
    INDArray start = oneHot(classes, from, from + (int) logits.size(0));
    return fromLogit ? start.muli(logits.reshape('c', start.shape())) : start;
  }

  private INDArray oneHot(int[] classes, int from, int to) {
    INDArray oneHot = Nd4j.zeros(network.dataType(), to - from, network.classes());
    for (int i = from; i < to; i++) {
      oneHot.putScalar(i - from, classes[i], 1);
    }
    return oneHot;
  }
}

package org.explain4j.network.compilation;

import java.util.Optional;
import org.explain4j.network.Network;
import org.explain4j.network.Shapes;
import org.explain4j.network.arrays.Buffers;
import org.explain4j.network.onednn.OneDnnException;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A compiled forward pass to the logits. It runs example by example, except for last layers with
 * many weights.
 */
public final class CompiledForward {
  private final ForwardProgram program;
  private final Optional<Tail> tail;
  private final Optional<SharedTail> shared;

  private CompiledForward(
      ForwardProgram program, Optional<Tail> tail, Optional<SharedTail> shared) {
    this.program = program;
    this.tail = tail;
    this.shared = shared;
  }

  /** Empty if oneDNN cannot run a layer, or if running layers one by one is as fast. */
  public static Optional<CompiledForward> of(Network network) {
    Optional<Tail> tail = Tail.of(network);
    if (tail.isPresent() && tail.get().isWhole()) {
      return Optional.empty(); // its dense layers read their weights once for many examples
    }
    String last = tail.map(Tail::before).orElse(network.output().name());
    try {
      ForwardProgram program = ForwardProgram.of(network, last, 1);
      Optional<SharedTail> shared =
          tail.isPresent() ? Optional.empty() : SharedTail.of(network, program);
      return Optional.of(new CompiledForward(program, tail, shared));
    } catch (OneDnnException e) {
      return Optional.empty();
    }
  }

  /** {@code [n,classes]} of inputs of the network's shape and type. */
  public INDArray logits(INDArray inputs) {
    long[] shape = Shapes.withBatch(inputs.size(0), program.output());
    INDArray values = Buffers.uninitialized(inputs, shape);
    if (shared.isPresent() && shared.get().serves(inputs.size(0))) {
      shared.get().run(inputs, values);
    } else {
      program.run(inputs, values);
    }
    if (tail.isEmpty()) {
      return shape.length == 2 ? values : values.reshape('c', values.size(0), -1);
    }
    INDArray logits = tail.get().network().logits(values);
    Buffers.release(values);
    return logits;
  }
}

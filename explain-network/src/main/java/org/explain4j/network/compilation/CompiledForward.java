package org.explain4j.network.compilation;

import java.util.List;
import java.util.Optional;
import org.explain4j.network.Network;
import org.explain4j.network.Shapes;
import org.explain4j.network.arrays.Buffers;
import org.explain4j.network.onednn.Examples;
import org.explain4j.network.onednn.OneDnnException;
import org.explain4j.network.onednn.Program;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A compiled forward pass to the logits. It runs example by example, except for last layers with
 * many weights.
 *
 * @param externals of the program: its input and output
 * @param output shape of the program's output for one example
 * @param tail those last layers
 */
public record CompiledForward(
    Program program, int[] externals, List<Long> output, Optional<Tail> tail) {

  /** Empty if oneDNN cannot run a layer, or if running layers one by one is as fast. */
  public static Optional<CompiledForward> of(Network network) {
    Optional<Tail> tail = Tail.of(network);
    if (tail.isPresent() && tail.get().isWhole()) {
      return Optional.empty(); // its dense layers read their weights once for many examples
    }
    String last = tail.map(Tail::before).orElse(network.output().name());
    try {
      Compilation forward =
          new ForwardCompilation(
                  new Compilation(network), false, n -> Zeros.rectifier(network, n) != null)
              .compile(last)
              .compilation();
      int[] externals = {forward.input(), forward.output(last)};
      return Optional.of(
          new CompiledForward(forward.finished(), externals, network.shapes().get(last), tail));
    } catch (OneDnnException e) {
      return Optional.empty();
    }
  }

  /** {@code [n,classes]} of inputs of the network's shape and type. */
  public INDArray logits(INDArray inputs) {
    INDArray values = Buffers.uninitialized(inputs, Shapes.withBatch(inputs.size(0), output));
    Examples.run(program, externals, inputs, values);
    if (tail.isEmpty()) {
      return values.reshape('c', values.size(0), -1);
    }
    INDArray logits = tail.get().network().logits(values);
    Buffers.release(values);
    return logits;
  }
}

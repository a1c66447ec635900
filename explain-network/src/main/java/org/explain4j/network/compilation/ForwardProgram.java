package org.explain4j.network.compilation;

import java.util.List;
import org.explain4j.network.Network;
import org.explain4j.network.kernels.Examples;
import org.explain4j.network.onednn.Program;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A forward pass to some node as a program.
 *
 * @param externals its input and its output
 * @param output the output's shape for one example
 */
record ForwardProgram(Program program, int[] externals, List<Long> output) {

  /**
   * @param last the node that is wanted
   * @param batch examples at a time
   * @throws org.explain4j.network.onednn.OneDnnException if something has no implementation
   */
  static ForwardProgram of(Network network, String last, int batch) {
    Compilation forward =
        new ForwardCompilation(
                new Compilation(network, batch),
                false,
                n -> Zeros.rectifier(network, n) != null,
                n -> List.of())
            .compile(last)
            .compilation();
    int[] externals = {forward.input(), forward.output(last)};
    return new ForwardProgram(forward.finished(), externals, network.shapes().get(last));
  }

  /** Runs for each example of a batch, one at a time. */
  void run(INDArray inputs, INDArray outputs) {
    Examples.run(program, externals, inputs, outputs);
  }
}

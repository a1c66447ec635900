package org.explain4j.network.onednn;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/** Work on some arrays of a program. */
sealed interface Step {
  /** Those that it reads or writes. */
  int[] arrays();

  /** Bytes that it needs besides them while it runs. */
  long scratchBytes();

  /** The step on a chain's memory. */
  Call in(ChainMemory memory);

  /**
   * oneDNN's work.
   *
   * @param codes of the arguments that the arrays are
   */
  record OfPrimitive(Primitive primitive, int[] codes, int[] arrays) implements Step {
    @Override
    public long scratchBytes() {
      return primitive.scratchBytes();
    }

    @Override
    public Call in(ChainMemory memory) {
      List<Arena.Tensor> tensors =
          Arrays.stream(arrays).mapToObj(array -> memory.tensors()[array]).toList();
      return new PrimitiveCall(primitive, codes, tensors, memory.arena(), memory.scratch());
    }
  }

  /** Our own. */
  record OfKernel(Kernel kernel, int[] arrays) implements Step {
    @Override
    public long scratchBytes() {
      return 0;
    }

    @Override
    public Call in(ChainMemory memory) {
      List<FloatBuffer> numbers = Arrays.stream(arrays).mapToObj(memory::numbers).toList();
      return new KernelCall(kernel.on(numbers), memory.arena());
    }
  }

  /**
   * A kernel that knows its memory.
   *
   * @param memory that its arrays lie in
   */
  record KernelCall(Runnable kernel, Arena memory) implements Call {
    @Override
    public void run() {
      kernel.run();
    }

    @Override
    public void close() {}
  }
}

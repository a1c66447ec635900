package org.explain4j.network.onednn;

import java.util.List;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.global.dnnl;

/** A primitive with the memory it works on; for one thread at a time, without garbage. */
final class PrimitiveCall implements Call {
  private final Primitive primitive; // kept from being freed
  private final dnnl_exec_arg_t arguments;
  private final int count;

  /**
   * @param codes of the arguments
   * @param scratch address of memory that is large enough
   */
  PrimitiveCall(
      Primitive primitive, int[] codes, List<Arena.Tensor> tensors, Arena arena, long scratch) {
    this.primitive = primitive;
    boolean needsScratch = primitive.scratchBytes() > 0;
    count = codes.length + (needsScratch ? 1 : 0);
    arguments = new dnnl_exec_arg_t(count);
    for (int i = 0; i < codes.length; i++) {
      arguments.getPointer(i).arg(codes[i]).memory(tensors.get(i).memory());
    }
    if (needsScratch) {
      arguments
          .getPointer(codes.length)
          .arg(dnnl.DNNL_ARG_SCRATCHPAD)
          .memory(arena.tensor(primitive.scratchLayout(), scratch).memory());
    }
  }

  @Override
  public void run() {
    OneDnn.check(
        dnnl.dnnl_primitive_execute(primitive.handle(), OneDnn.stream(), count, arguments),
        "run a primitive");
  }

  @Override
  public void close() {
    arguments.deallocate();
  }
}

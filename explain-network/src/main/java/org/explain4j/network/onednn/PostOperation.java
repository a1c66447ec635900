package org.explain4j.network.onednn;

import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.global.dnnl;

/**
 * What a primitive does with its result before it writes it, which saves a pass over memory.
 *
 * @param algorithm oneDNN's code; 0 for nothing
 */
public record PostOperation(int algorithm, float alpha, float beta) {
  public static final PostOperation NONE = new PostOperation(0, 0, 0);

  /** max(x, 0). */
  public static final PostOperation RELU = new PostOperation(dnnl.dnnl_eltwise_relu, 0, 0);

  /** {@code factor * x + summand}. */
  public static PostOperation linear(double factor, double summand) {
    return new PostOperation(dnnl.dnnl_eltwise_linear, (float) factor, (float) summand);
  }

  /** Sets it; to be freed once the primitive is described. */
  Runnable appendTo(dnnl_primitive_attr attributes) {
    if (equals(NONE)) {
      return () -> {};
    }
    dnnl_post_ops after = new dnnl_post_ops();
    OneDnn.check(dnnl.dnnl_post_ops_create(after), "set attributes");
    OneDnn.check(
        dnnl.dnnl_post_ops_append_eltwise(after, 1, algorithm, alpha, beta), "set attributes");
    OneDnn.check(dnnl.dnnl_primitive_attr_set_post_ops(attributes, after), "set attributes");
    return () -> dnnl.dnnl_post_ops_destroy(after);
  }
}

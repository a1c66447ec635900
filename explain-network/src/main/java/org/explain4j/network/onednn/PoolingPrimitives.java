package org.explain4j.network.onednn;

import org.bytedeco.dnnl.dnnl_pooling_v2_desc_t;
import org.bytedeco.dnnl.global.dnnl;

/** Poolings and their gradients. */
public final class PoolingPrimitives {
  private PoolingPrimitives() {}

  /** How a window is summed up. */
  public enum Pooling {
    MAXIMUM(dnnl.dnnl_pooling_max),
    MEAN(dnnl.dnnl_pooling_avg_exclude_padding),
    MEAN_WITH_PADDING(dnnl.dnnl_pooling_avg_include_padding);

    final int code;

    Pooling(int code) {
      this.code = code;
    }
  }

  /**
   * @param places whether to note, in a workspace, where the maxima were
   */
  public static Primitive pooling(
      Pooling pooling, Layout source, Layout destination, Geometry geometry, boolean places) {
    dnnl_pooling_v2_desc_t operation = new dnnl_pooling_v2_desc_t();
    OneDnn.check(
        dnnl.dnnl_pooling_v2_forward_desc_init(
            operation,
            places ? dnnl.dnnl_forward_training : dnnl.dnnl_forward_inference,
            pooling.code,
            source.descriptor(),
            destination.descriptor(),
            geometry.strides(),
            geometry.kernel(),
            geometry.gaps(),
            geometry.before(),
            geometry.after()),
        "describe a pooling");
    return Primitive.create(operation, PostOperation.NONE, null, "pool");
  }

  /**
   * @param forward the pooling whose workspace says where the maxima were
   */
  public static Primitive poolingBackward(
      Pooling pooling,
      Layout sourceGradient,
      Layout gradient,
      Geometry geometry,
      Primitive forward) {
    dnnl_pooling_v2_desc_t operation = new dnnl_pooling_v2_desc_t();
    OneDnn.check(
        dnnl.dnnl_pooling_v2_backward_desc_init(
            operation,
            pooling.code,
            sourceGradient.descriptor(),
            gradient.descriptor(),
            geometry.strides(),
            geometry.kernel(),
            geometry.gaps(),
            geometry.before(),
            geometry.after()),
        "describe a pooling's gradient");
    return Primitive.create(operation, PostOperation.NONE, forward, "pool back");
  }
}

package org.explain4j.network.onednn;

import org.bytedeco.dnnl.dnnl_binary_desc_t;
import org.bytedeco.dnnl.dnnl_eltwise_desc_t;
import org.bytedeco.dnnl.global.dnnl;

/** What is done element by element. */
public final class ElementPrimitives {
  private ElementPrimitives() {}

  /** max(x, 0). */
  public static Primitive rectifier(Layout layout) {
    return Primitive.create(rectifierForward(layout), false, null, "rectify");
  }

  private static dnnl_eltwise_desc_t rectifierForward(Layout layout) {
    dnnl_eltwise_desc_t operation = new dnnl_eltwise_desc_t();
    OneDnn.check(
        dnnl.dnnl_eltwise_forward_desc_init(
            operation,
            dnnl.dnnl_forward_training,
            dnnl.dnnl_eltwise_relu,
            layout.descriptor(),
            0,
            0),
        "describe a rectifier");
    return operation;
  }

  /** Lets a gradient pass where the rectifier's output, its destination, is positive. */
  public static Primitive gate(Layout layout) {
    dnnl_eltwise_desc_t operation = new dnnl_eltwise_desc_t();
    OneDnn.check(
        dnnl.dnnl_eltwise_backward_desc_init(
            operation,
            dnnl.dnnl_eltwise_relu_use_dst_for_bwd,
            layout.descriptor(),
            layout.descriptor(),
            0,
            0),
        "describe a rectifier's gradient");
    dnnl_eltwise_desc_t forward = new dnnl_eltwise_desc_t();
    OneDnn.check(
        dnnl.dnnl_eltwise_forward_desc_init(
            forward,
            dnnl.dnnl_forward_training,
            dnnl.dnnl_eltwise_relu_use_dst_for_bwd,
            layout.descriptor(),
            0,
            0),
        "describe a rectifier");
    return Primitive.create(
        operation, false, Primitive.create(forward, false, null, "rectify"), "gate");
  }

  /** An operation on two arrays; the second one may be constant along some sizes. */
  public enum Binary {
    SUM(dnnl.dnnl_binary_add),
    PRODUCT(dnnl.dnnl_binary_mul),
    /** 1 where the first is larger, else 0. */
    LARGER(dnnl.dnnl_binary_gt);

    final int code;

    Binary(int code) {
      this.code = code;
    }
  }

  /** Element by element; the destination may be the first source. */
  public static Primitive binary(Binary binary, Layout first, Layout second, Layout destination) {
    dnnl_binary_desc_t operation = new dnnl_binary_desc_t();
    OneDnn.check(
        dnnl.dnnl_binary_desc_init(
            operation,
            binary.code,
            first.descriptor(),
            second.descriptor(),
            destination.descriptor()),
        "describe a " + binary);
    return Primitive.create(operation, false, null, "combine");
  }
}

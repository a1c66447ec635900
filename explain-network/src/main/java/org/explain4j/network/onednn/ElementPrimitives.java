package org.explain4j.network.onednn;

import org.bytedeco.dnnl.dnnl_binary_desc_t;
import org.bytedeco.dnnl.dnnl_eltwise_desc_t;
import org.bytedeco.dnnl.global.dnnl;

/** What is done element by element. */
public final class ElementPrimitives {
  private ElementPrimitives() {}

  /** max(x, 0). */
  public static Primitive rectifier(Layout layout) {
    return Primitive.create(
        forward(dnnl.dnnl_eltwise_relu, layout, 0, 0), PostOperation.NONE, null, "rectify");
  }

  /** {@code factor * x + summand}. */
  public static Primitive linear(Layout layout, double factor, double summand) {
    return Primitive.create(
        forward(dnnl.dnnl_eltwise_linear, layout, (float) factor, (float) summand),
        PostOperation.NONE,
        null,
        "scale");
  }

  private static dnnl_eltwise_desc_t forward(
      int algorithm, Layout layout, float alpha, float beta) {
    dnnl_eltwise_desc_t operation = new dnnl_eltwise_desc_t();
    OneDnn.check(
        dnnl.dnnl_eltwise_forward_desc_init(
            operation, dnnl.dnnl_forward_training, algorithm, layout.descriptor(), alpha, beta),
        "describe an element-wise function");
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
    dnnl_eltwise_desc_t forward = forward(dnnl.dnnl_eltwise_relu_use_dst_for_bwd, layout, 0, 0);
    Primitive hint = Primitive.create(forward, PostOperation.NONE, null, "rectify");
    return Primitive.create(operation, PostOperation.NONE, hint, "gate");
  }

  /** A function of each number, of up to two parameters. */
  public enum Function {
    LEAKY_RELU(dnnl.dnnl_eltwise_relu),
    ELU(dnnl.dnnl_eltwise_elu),
    GELU(dnnl.dnnl_eltwise_gelu_erf),
    GELU_TANH(dnnl.dnnl_eltwise_gelu_tanh),
    SIGMOID(dnnl.dnnl_eltwise_logistic),
    TANH(dnnl.dnnl_eltwise_tanh),
    SILU(dnnl.dnnl_eltwise_swish),
    MISH(dnnl.dnnl_eltwise_mish),
    CLIP(dnnl.dnnl_eltwise_clip_v2);

    final int code;

    Function(int code) {
      this.code = code;
    }
  }

  /** {@code f(x)}. */
  public static Primitive function(Function function, Layout layout, double alpha, double beta) {
    return Primitive.create(
        forward(function.code, layout, (float) alpha, (float) beta),
        PostOperation.NONE,
        null,
        "apply a function");
  }

  /** A gradient times {@code f'(x)}. */
  public static Primitive derivative(Function function, Layout layout, double alpha, double beta) {
    dnnl_eltwise_desc_t operation = new dnnl_eltwise_desc_t();
    OneDnn.check(
        dnnl.dnnl_eltwise_backward_desc_init(
            operation,
            function.code,
            layout.descriptor(),
            layout.descriptor(),
            (float) alpha,
            (float) beta),
        "describe a function's gradient");
    return Primitive.create(
        operation,
        PostOperation.NONE,
        function(function, layout, alpha, beta),
        "multiply by a derivative");
  }

  /** An operation on two arrays; the second one may be constant along some sizes. */
  public enum Binary {
    SUM(dnnl.dnnl_binary_add),
    DIFFERENCE(dnnl.dnnl_binary_sub),
    PRODUCT(dnnl.dnnl_binary_mul),
    QUOTIENT(dnnl.dnnl_binary_div),
    /** 1 where the first is larger, else 0; the others likewise. */
    LARGER(dnnl.dnnl_binary_gt),
    SMALLER(dnnl.dnnl_binary_lt),
    NOT_SMALLER(dnnl.dnnl_binary_ge),
    EQUAL(dnnl.dnnl_binary_eq),
    DIFFERENT(dnnl.dnnl_binary_ne);

    final int code;

    Binary(int code) {
      this.code = code;
    }
  }

  /** Element by element; the destination may be the first source. */
  public static Primitive binary(
      Binary binary, Layout first, Layout second, Layout destination, PostOperation after) {
    dnnl_binary_desc_t operation = new dnnl_binary_desc_t();
    OneDnn.check(
        dnnl.dnnl_binary_desc_init(
            operation,
            binary.code,
            first.descriptor(),
            second.descriptor(),
            destination.descriptor()),
        "describe a " + binary);
    return Primitive.create(operation, after, null, "combine");
  }
}

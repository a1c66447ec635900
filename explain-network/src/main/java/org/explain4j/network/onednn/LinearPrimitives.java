package org.explain4j.network.onednn;

import org.bytedeco.dnnl.dnnl_convolution_desc_t;
import org.bytedeco.dnnl.dnnl_inner_product_desc_t;
import org.bytedeco.dnnl.global.dnnl;

/** Convolutions and dense layers, and their adjoints. */
public final class LinearPrimitives {
  private LinearPrimitives() {}

  /**
   * A convolution's weights as oneDNN takes them: {@code [groups,k/groups,c/groups,kh,kw]}, which
   * lie in memory as {@code [k,c/groups,kh,kw]} do; without the first size for one group.
   */
  public static long[] weightShape(long[] weights, int groups) {
    return groups == 1
        ? weights
        : new long[] {groups, weights[0] / groups, weights[1], weights[2], weights[3]};
  }

  /**
   * @param winograd whether by Winograd's algorithm, with fewer multiplications and more rounding;
   *     its weights are transformed once, and not in each pass as for training
   * @param after what is done with what comes out
   */
  public static Primitive convolution(
      Layout source,
      Layout weights,
      Layout destination,
      Geometry geometry,
      boolean winograd,
      PostOperation after) {
    dnnl_convolution_desc_t operation = new dnnl_convolution_desc_t();
    long[] shape = weights.shape();
    long neurons = shape.length == 5 ? shape[0] * shape[1] : shape[0];
    OneDnn.check(
        dnnl.dnnl_dilated_convolution_forward_desc_init(
            operation,
            winograd ? dnnl.dnnl_forward_inference : dnnl.dnnl_forward_training,
            winograd ? dnnl.dnnl_convolution_winograd : dnnl.dnnl_convolution_direct,
            source.descriptor(),
            weights.descriptor(),
            Layout.plain(neurons).descriptor(),
            destination.descriptor(),
            geometry.strides(),
            geometry.gaps(),
            geometry.before(),
            geometry.after()),
        "describe a convolution");
    return Primitive.create(operation, after, null, "convolve");
  }

  /** W'g of a convolution. */
  public static Primitive convolutionTransposed(
      Layout sourceGradient, Layout weights, Layout gradient, Geometry geometry) {
    dnnl_convolution_desc_t operation = new dnnl_convolution_desc_t();
    OneDnn.check(
        dnnl.dnnl_dilated_convolution_backward_data_desc_init(
            operation,
            dnnl.dnnl_convolution_direct,
            sourceGradient.descriptor(),
            weights.descriptor(),
            gradient.descriptor(),
            geometry.strides(),
            geometry.gaps(),
            geometry.before(),
            geometry.after()),
        "describe a transposed convolution");
    Primitive hint =
        convolution(sourceGradient, weights, gradient, geometry, false, PostOperation.NONE);
    return Primitive.create(operation, PostOperation.NONE, hint, "convolve back");
  }

  /** Gradient of {@code <gradient, Wx>} in W, summed over the images. */
  public static Primitive convolutionWeightGradient(
      Layout source, Layout weightGradient, Layout gradient, Geometry geometry) {
    dnnl_convolution_desc_t operation = new dnnl_convolution_desc_t();
    OneDnn.check(
        dnnl.dnnl_dilated_convolution_backward_weights_desc_init(
            operation,
            dnnl.dnnl_convolution_direct,
            source.descriptor(),
            weightGradient.descriptor(),
            null,
            gradient.descriptor(),
            geometry.strides(),
            geometry.gaps(),
            geometry.before(),
            geometry.after()),
        "describe a weight gradient");
    Primitive hint =
        convolution(source, weightGradient, gradient, geometry, false, PostOperation.NONE);
    return Primitive.create(operation, PostOperation.NONE, hint, "compute a weight gradient");
  }

  /** {@code Wx + b}; the source may be an image, which the weights then have the shape of. */
  public static Primitive dense(
      Layout source, Layout weights, Layout destination, PostOperation after) {
    dnnl_inner_product_desc_t operation = new dnnl_inner_product_desc_t();
    OneDnn.check(
        dnnl.dnnl_inner_product_forward_desc_init(
            operation,
            dnnl.dnnl_forward_training,
            source.descriptor(),
            weights.descriptor(),
            Layout.plain(weights.shape()[0]).descriptor(),
            destination.descriptor()),
        "describe a dense layer");
    return Primitive.create(operation, after, null, "multiply");
  }

  /** {@code Wx}; the source may be an image, which the weights then have the shape of. */
  public static Primitive product(Layout source, Layout weights, Layout destination) {
    dnnl_inner_product_desc_t operation = new dnnl_inner_product_desc_t();
    OneDnn.check(
        dnnl.dnnl_inner_product_forward_desc_init(
            operation,
            dnnl.dnnl_forward_training,
            source.descriptor(),
            weights.descriptor(),
            null,
            destination.descriptor()),
        "describe a product");
    return Primitive.create(operation, PostOperation.NONE, null, "multiply");
  }

  /** {@code W'g}. */
  public static Primitive denseTransposed(Layout sourceGradient, Layout weights, Layout gradient) {
    dnnl_inner_product_desc_t operation = new dnnl_inner_product_desc_t();
    OneDnn.check(
        dnnl.dnnl_inner_product_backward_data_desc_init(
            operation, sourceGradient.descriptor(), weights.descriptor(), gradient.descriptor()),
        "describe a transposed dense layer");
    return Primitive.create(
        operation,
        PostOperation.NONE,
        dense(sourceGradient, weights, gradient, PostOperation.NONE),
        "multiply back");
  }
}

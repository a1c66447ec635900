package org.explain4j.network;

/** The kinds of layer that a {@code Composite} must have a propagation rule for. */
public enum LayerKind {
  /** Dense and convolution: {@code y = Wx + b}. */
  LINEAR,
  /** A function of each number, such as {@code max(x, 0)}. */
  ACTIVATION,
  /** Maximum over a window. */
  MAX_POOL,
  /** Means and other fixed sums of pixels, upsampling too, and norms over a window. */
  AVERAGE_POOL,
  /** One factor and one shift per channel: batch normalisation that was not folded. */
  AFFINE,
  /** Divides by a statistic of the example: layer, group and local response normalisation. */
  NORMALISATION,
  /** Moves, drops or surrounds entries without changing them: flatten, slice, crop, padding. */
  RESHAPE,
  /** Sum of several inputs, as in a residual block. */
  ADD,
  /** Product of two inputs, as of an image and its channels' gates. */
  PRODUCT,
  /** Channels of several inputs one after another. */
  CONCAT
}

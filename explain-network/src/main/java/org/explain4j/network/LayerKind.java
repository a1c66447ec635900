package org.explain4j.network;

/** The kinds of layer that a {@code Composite} must have a propagation rule for. */
public enum LayerKind {
  /** Dense and convolution: {@code y = Wx + b}. */
  LINEAR,
  /** {@code max(x, 0)}. */
  RELU,
  /** Maximum over a window. */
  MAX_POOL,
  /** Mean over a window. */
  AVERAGE_POOL,
  /** One factor and one shift per channel: batch normalisation that was not folded. */
  AFFINE,
  /** Moves, drops or surrounds entries without changing them: flatten, slice, crop, padding. */
  RESHAPE,
  /** Sum of several inputs, as in a residual block. */
  ADD,
  /** Channels of several inputs one after another. */
  CONCAT
}

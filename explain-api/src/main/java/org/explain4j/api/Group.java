package org.explain4j.api;

/**
 * What a method claims to show. Methods are compared only within their group (Kindermans et al.,
 * section 2).
 */
public enum Group {
  /** How the output reacts to the input: gradient, SmoothGrad. */
  FUNCTION,
  /** Which part of the input the network reacted to, in input space: DeconvNet, PatternNet. */
  SIGNAL,
  /** How much each input contributed to the output: LRP, PatternAttribution. */
  ATTRIBUTION
}

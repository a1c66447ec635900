package org.explain4j.methods.rules;

/** What a relevance rule does with a neuron's bias, where tools differ. */
public enum Bias {
  /** Not in the denominator: all relevance goes to the inputs (iNNvestigate's "IgnoreBias"). */
  IGNORED,
  /** In the denominator, its positive part with the positive contributions (zennit). */
  SPLIT,
  /** In every denominator, unchanged (Captum; iNNvestigate without "IgnoreBias"). */
  WHOLE
}

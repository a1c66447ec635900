package org.explain4j.methods.explainers;

/** What values a network's inputs may take, which decides deep Taylor's first layer. */
public enum InputDomain {
  /** Any real number: w^2. */
  REAL,
  /** Not negative: z+. */
  POSITIVE,
  /** In a box: z^B. */
  BOX
}

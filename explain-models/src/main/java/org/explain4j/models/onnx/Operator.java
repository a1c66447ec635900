package org.explain4j.models.onnx;

import java.util.Map;
import java.util.TreeMap;

/** Translates the nodes of one ONNX operator. */
@FunctionalInterface
interface Operator {

  /**
   * Adds what the node does to its assembly and sets its outputs.
   *
   * @throws IllegalArgumentException if the node uses what is not supported
   */
  void translate(OnnxNode node);

  /** All that are supported, by ONNX name. */
  static Map<String, Operator> all() {
    Map<String, Operator> all = new TreeMap<>(LinearOperators.all());
    all.putAll(PoolOperators.all());
    all.putAll(ArithmeticOperators.all());
    all.putAll(ShapeOperators.all());
    return all;
  }
}

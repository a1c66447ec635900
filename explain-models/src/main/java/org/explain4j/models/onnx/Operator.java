package org.explain4j.models.onnx;

import java.util.Map;
import java.util.TreeMap;

/** Translates the nodes of one ONNX operator. */
@FunctionalInterface
interface Operator {

  /** Operators on constants alone: they are computed while the file is read. */
  Map<String, Operator> OF_CONSTANTS = ofConstants();

  /** Operators on what depends on the network's input. */
  Map<String, Operator> OF_ACTIVATIONS = ofActivations();

  /**
   * Adds what the node does to the network and sets its outputs.
   *
   * @throws IllegalArgumentException if the node uses what is not supported
   */
  void translate(OnnxNode node);

  private static Map<String, Operator> ofConstants() {
    Map<String, Operator> all = new TreeMap<>(ConstantShapes.all());
    all.putAll(ConstantArithmetic.all());
    all.putAll(Quantisation.ofConstants());
    return all;
  }

  private static Map<String, Operator> ofActivations() {
    Map<String, Operator> all = new TreeMap<>(LinearOperators.all());
    all.putAll(PoolOperators.all());
    all.putAll(ActivationOperators.all());
    all.putAll(NormalisationOperators.all());
    all.putAll(ResizeOperators.all());
    all.putAll(ArithmeticOperators.all());
    all.putAll(ShapeOperators.all());
    all.putAll(PartOperators.all());
    all.putAll(Quantisation.ofActivations());
    return all;
  }
}

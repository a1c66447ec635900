package org.explain4j.testkit;

import org.explain4j.network.Network;

/** The networks on which explainers are tried. */
enum SampleNetwork {
  CONVOLUTIONAL,
  PERCEPTRON,
  GRAPH,
  GATED;

  /** A new one, float64, with the same weights each time. */
  Network network() {
    return switch (this) {
      case CONVOLUTIONAL -> Networks.convolutional();
      case PERCEPTRON -> Networks.perceptron();
      case GRAPH -> Networks.graph();
      case GATED -> Networks.gated();
    };
  }
}

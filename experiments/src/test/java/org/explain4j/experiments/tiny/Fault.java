package org.explain4j.experiments.tiny;

import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.explain4j.network.Node;

/** What is wrong with a faulty extension. */
public enum Fault {
  MESSAGE,
  NO_MESSAGE,
  ASSERTION,
  NO_CLASS,
  STACK,
  MEMORY,
  RETURNS_NULL,
  NOT_A_NUMBER,
  WRONG_SHAPE,
  WEIGHTS;

  /** Throws, if this is a fault that throws. */
  void raise() {
    switch (this) {
      case MESSAGE -> throw new IllegalStateException("It is not to my taste.");
      case NO_MESSAGE -> throw new NullPointerException();
      case ASSERTION -> throw new AssertionError("One is not two.");
      case NO_CLASS -> throw new NoClassDefFoundError("com/example/Missing");
      case STACK -> throw new StackOverflowError();
      case MEMORY -> throw new OutOfMemoryError("Java heap space");
      default -> {}
    }
  }

  /** Doubles a network's weights, if this is that fault. */
  void change(Network network) {
    for (Node node : network.linearNodes()) {
      change((LinearLayer) node.layer());
    }
  }

  void change(LinearLayer layer) {
    if (this == WEIGHTS) {
      layer.weights().muli(2);
    }
  }
}

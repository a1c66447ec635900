package org.explain4j.models.dl4j;

/**
 * Output of a DL4J layer.
 *
 * @param softmax whether the file's value is the soft-max of the node's output
 */
record Dl4jValue(String node, boolean softmax) {

  /** The node, if no soft-max follows it. */
  String plain() {
    if (softmax) {
      throw new IllegalArgumentException(
          "It reads a soft-max; a soft-max is supported only at the end of the network.");
    }
    return node;
  }
}

package org.explain4j.reports.runs;

/**
 * A row of {@code network.csv}: a node of the network, in topological order.
 *
 * @param kind as in {@code LayerKind}, lower case
 * @param inputs names of its input nodes, separated by spaces
 * @param outputShape of one example: {@code 16x28x28}
 */
public record NetworkNode(
    String node, String kind, String inputs, String outputShape, long parameters) {}

/**
 * A neural network as a graph of layers on ND4J operations: forward keeping activations, backward
 * (vector-Jacobian product) to the input. Images are {@code [n,c,h,w]}, vectors {@code [n,d]}.
 */
package org.explain4j.network;

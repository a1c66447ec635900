/**
 * Numpy's files: {@code .npy} arrays and {@code .npz} archives of them, of any size. Headers and
 * rows do without ND4J; its arrays are streamed on top.
 */
package org.explain4j.network.numpy;

/** Numpy's files: {@code .npy} arrays and {@code .npz} archives of them. */
package org.explain4j.network.numpy;

/** Data from Python: numpy's {@code .npy} and {@code .npz} files. */
package org.explain4j.datasets.numpy;

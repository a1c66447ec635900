package org.explain4j.metrics.rho;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What does not depend on the estimator, for a block of neurons: c+, c-, w, ci and {@code (Sigma +
 * ridge)^-1} times each, all {@code [m,d]}.
 */
record LayerBasis(INDArray[] vectors, INDArray[] solved) implements AutoCloseable {
  private static final int WEIGHTS = 2;

  static LayerBasis of(
      LayerCovariances fit, INDArray weights, int from, int to, Cholesky cholesky) {
    INDArray[] vectors = {
      fit.positive(from, to),
      fit.negative(from, to),
      Rows.view(weights, from, to).dup('c'),
      fit.active(from, to)
    };
    INDArray[] solved = new INDArray[vectors.length];
    for (int i = 0; i < vectors.length; i++) {
      solved[i] = solved(cholesky, vectors[i]);
    }
    return new LayerBasis(vectors, solved);
  }

  /** A copy of the rows, solved. */
  static INDArray solved(Cholesky cholesky, INDArray rows) {
    INDArray copy = rows.dup('c');
    cholesky.solve(copy);
    return copy;
  }

  INDArray weights() {
    return vectors[WEIGHTS];
  }

  /** a+, a-, c+, c-, w, ci. */
  INDArray[] basis(INDArray positive, INDArray negative) {
    return new INDArray[] {positive, negative, vectors[0], vectors[1], vectors[2], vectors[3]};
  }

  /** The same, solved. */
  INDArray[] solvedBasis(INDArray positive, INDArray negative) {
    return new INDArray[] {positive, negative, solved[0], solved[1], solved[2], solved[3]};
  }

  @Override
  public void close() {
    for (int i = 0; i < vectors.length; i++) {
      vectors[i].close();
      solved[i].close();
    }
  }
}

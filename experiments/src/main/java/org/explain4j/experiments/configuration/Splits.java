package org.explain4j.experiments.configuration;

/**
 * The three disjoint parts of the data (Kindermans et al., section 4).
 *
 * @param a examples of the training data that estimators are fitted on
 * @param b other training examples, that rho's regression v is found on; 0 where no rho is measured
 * @param c examples of the test data, that every number is evaluated on
 * @param patchesPerImage how many receptive fields of an image of A are samples of a convolution
 */
public record Splits(int a, int b, int c, Patches patchesPerImage) {

  public Splits() {
    this(8000, 2000, 2000, Patches.ALL);
  }

  public Splits {
    Checks.atLeast("a", a, 2);
    Checks.atLeast("b", b, 0);
    Checks.atLeast("c", c, 1);
  }
}

package org.explain4j.experiments.configuration;

/**
 * The three disjoint parts of the data (Kindermans et al., section 4).
 *
 * @param a number of training examples that estimators are fitted on
 * @param b number of other training examples that rho's regression v is fitted on; 0 where no rho
 *     is measured
 * @param c number of test examples that every result is evaluated on
 * @param patchesPerImage how many receptive fields of each image of A are samples of a convolution
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

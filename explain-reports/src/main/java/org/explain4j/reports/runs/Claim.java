package org.explain4j.reports.runs;

/** What Kindermans et al. say of their methods, as far as a run can tell whether it holds. */
public enum Claim {
  TOY(
      1,
      "Only pattern methods solve the linear toy.",
      "The toy is x = a_s y + a_d e; a |cosine| above .999 counts as solved. The linear estimator"
          + " recovers a_s whatever the mean of e, Eq. 7 (the two-component estimator without its"
          + " exception for logits) for mean 0 only. The network plays no part in it."),
  RANDOM_IS_ZERO(
      2,
      "ρ of a random direction is 0.",
      "With the pre-activation as target it is, but for layers of few inputs. The rectified output"
          + " can be read from a residual less well, as it is no linear function of the input."),
  FILTER_EARLY_ONLY(
      3,
      "The filter S_w is above random in early layers only.",
      "Early is the first third of the layers, late the last; late, a tie will do."),
  LEARNED_REMOVE_MOST(
      4,
      "The learned estimators S_a and S_a+- remove most, S_a+- more than S_a in dense layers.",
      "Most is a mean ρ above .5, in every layer and for every combination of fit and target. Where"
          + " fit and target agree, ρ is 1 in-sample by algebra and what is missing is the cost of"
          + " sampling. The logits are no dense layer here: they have no rectifier."),
  FASTEST_DEGRADATION(
      5,
      "The map of S_a+- degrades fastest, a random order slowest.",
      "By the mean probability along the whole curve and along its first 16 %, the paper's share of"
          + " the patches."),
  SIGNAL_LIKE_INPUT(
      6,
      "PatternNet's signal is close to the input without extra rectifiers.",
      "Closer than DeconvNet's, Guided Backprop's and the gradient, by correlation and structural"
          + " similarity.");

  private final int number;
  private final String sentence;
  private final String remark;

  Claim(int number, String sentence, String remark) {
    this.number = number;
    this.sentence = sentence;
    this.remark = remark;
  }

  /** The claim in words. */
  public String sentence() {
    return sentence;
  }

  /** How it is tested, and what to know of the result. */
  public String remark() {
    return remark;
  }

  /** 1 to 6. */
  public int number() {
    return number;
  }
}

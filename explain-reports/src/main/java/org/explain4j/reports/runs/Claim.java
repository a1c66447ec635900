package org.explain4j.reports.runs;

/** What Kindermans et al. claim about their methods, as far as a run can test it. */
public enum Claim {
  TOY(
      1,
      "Only pattern methods solve the linear toy.",
      "The toy is x = a_s y + a_d e; a |cosine| above .999 counts as solved. The linear estimator"
          + " recovers a_s for any mean of e, Eq. 7 (the two-component estimator without its"
          + " exception for logits) only for mean 0. The network does not matter here."),
  RANDOM_IS_ZERO(
      2,
      "ρ of a random direction is 0.",
      "With the pre-activation as target it is, except for layers with few inputs. The rectified"
          + " output can be read less well from a residual, because it is not a linear function"
          + " of the input."),
  FILTER_EARLY_ONLY(
      3,
      "The filter S_w is above random in early layers only.",
      "Early is the first third of the layers, late the last; in late layers a tie is enough."),
  LEARNED_REMOVE_MOST(
      4,
      "The learned estimators S_a and S_a+- remove most, S_a+- more than S_a in dense layers.",
      "Most is a mean ρ above .5, in every layer and for every combination of fit and target. Where"
          + " fit and target agree, ρ is 1 in-sample by algebra and what is missing is the cost of"
          + " sampling. The logits do not count as a dense layer here: they have no rectifier."),
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

package org.explain4j.methods.estimators;

import java.util.List;
import org.explain4j.api.Patterns;
import org.explain4j.api.Regression;
import org.explain4j.api.SignalEstimator;
import org.explain4j.api.moments.LayerMoments;
import org.explain4j.api.network.LinearLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The estimator S_a+- of Kindermans et al., Eqs. 4 to 7: {@code S(x) = a+ z} where y &gt; 0, {@code
 * a- z} elsewhere, with
 *
 * <pre>a+ = (E+[xy] - E+[x] E[y]) / (w'E+[xy] - w'E+[x] E[y])        (Eq. 7), a- over y &lt;= 0
 * </pre>
 *
 * E+ and E- are means over the regime, E[y] is the mean over all samples. Fitted on the rectified
 * output r: {@code a+ = (E+[xr] - E+[x] E[r]) / (w'...)} and {@code a- = E-[x] / (w'E-[x])}, which
 * makes the residual uncorrelated with r. A negative denominator is harmless and stays as it is.
 * iNNvestigate and nn-patterns compute the same, for the logit layer too.
 *
 * @param logits the estimator of the logit layer
 */
public record TwoComponent(Regression fitOn, LogitPattern logits) implements SignalEstimator {

  public TwoComponent() {
    this(Regression.PRE, LogitPattern.LINEAR);
  }

  @Override
  public String id() {
    return "two-component";
  }

  @Override
  public String summary() {
    return "S(x) = a+ z where y > 0, a- z elsewhere (Kindermans et al., Eq. 7, S_a+-)";
  }

  @Override
  public Patterns estimate(String name, LinearLayer layer, boolean isLogits, LayerMoments moments) {
    if (isLogits && logits == LogitPattern.LINEAR) {
      return new Linear(fitOn).estimate(name, layer, true, moments);
    }
    INDArray active = moments.activeCount();
    INDArray inactive = active.rsub(moments.count());
    INDArray scale = Directions.variance(moments);
    INDArray positive = positive(moments);
    List<Patterns.State> positiveStates =
        Directions.normalise(positive, moments, scale.mul(active).divi(moments.count()), active);
    INDArray negative = negative(moments);
    INDArray negativeScale = fitOn == Regression.PRE ? scale : Directions.deviation(scale);
    List<Patterns.State> negativeStates =
        Directions.normalise(
            negative, moments, negativeScale.mul(inactive).divi(moments.count()), inactive);
    return new Patterns(
        moments.shaped(positive), moments.shaped(negative), positiveStates, negativeStates);
  }

  /** pi+ (E+[xy] - E+[x] E[y]): the regime's share cancels in Eq. 7; {@code [k,d]}. */
  private INDArray positive(LayerMoments moments) {
    boolean pre = fitOn == Regression.PRE;
    INDArray mean = pre ? meanOutput(moments) : Directions.meanRectified(moments);
    INDArray products = pre ? moments.meanXPositive() : Directions.meanXRectified(moments);
    try (INDArray inputs = moments.meanXActive()) {
      return products.subi(inputs.muliColumnVector(mean));
    }
  }

  /** pi- (E-[xy] - E-[x] E[y]), or pi- E-[x] where r = 0 makes E-[xr] vanish; {@code [k,d]}. */
  private INDArray negative(LayerMoments moments) {
    INDArray inputs = moments.meanXActive().negi().addiRowVector(moments.meanX());
    if (fitOn == Regression.POST) {
      return inputs;
    }
    try (inputs) {
      return moments.meanXNegative().subi(inputs.muliColumnVector(meanOutput(moments)));
    }
  }

  private static INDArray meanOutput(LayerMoments moments) {
    return moments.meanPositive().addi(moments.meanNegative());
  }
}

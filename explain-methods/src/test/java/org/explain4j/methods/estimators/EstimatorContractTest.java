package org.explain4j.methods.estimators;

import java.util.stream.Stream;
import org.explain4j.api.Catalog;
import org.explain4j.api.RegressionTarget;
import org.explain4j.api.SignalEstimator;
import org.explain4j.testkit.EstimatorContract;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Every estimator of the catalog, and other settings of those that have some. */
@ParameterizedClass
@MethodSource("estimators")
class EstimatorContractTest extends EstimatorContract {
  @Parameter SignalEstimator estimator;

  static Stream<SignalEstimator> estimators() {
    return Stream.concat(
        Catalog.of(SignalEstimator.class).providers().values().stream(),
        Stream.of(
            new Linear(RegressionTarget.POST),
            new TwoComponent(RegressionTarget.POST, LogitPattern.LINEAR),
            new TwoComponent(RegressionTarget.PRE, LogitPattern.POSITIVE)));
  }

  @Override
  protected SignalEstimator create() {
    return estimator;
  }
}

package com.example;

import org.explain4j.api.SignalEstimator;
import org.explain4j.testkit.EstimatorContract;

class MeanDifferenceTest extends EstimatorContract {
  @Override
  protected SignalEstimator create() {
    return new MeanDifference();
  }
}

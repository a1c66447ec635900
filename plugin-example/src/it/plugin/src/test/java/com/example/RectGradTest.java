package com.example;

import org.explain4j.api.Explainer;
import org.explain4j.testkit.ExplainerContract;

class RectGradTest extends ExplainerContract {
  @Override
  protected Explainer create() {
    return new RectGrad();
  }
}

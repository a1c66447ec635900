package com.example;

import org.explain4j.api.Metric;
import org.explain4j.testkit.MetricContract;

class HoyerTest extends MetricContract {
  @Override
  protected Metric create() {
    return new Hoyer();
  }
}

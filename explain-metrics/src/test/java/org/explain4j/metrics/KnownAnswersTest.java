package org.explain4j.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.explain4j.api.Attributor;
import org.explain4j.api.Catalog;
import org.explain4j.api.Metric;
import org.explain4j.api.Metric.Evaluation;
import org.explain4j.api.Metric.Result;
import org.explain4j.api.Metric.Score;
import org.explain4j.metrics.faithfulness.Completeness;
import org.explain4j.metrics.faithfulness.Degradation;
import org.explain4j.metrics.faithfulness.Deletion;
import org.explain4j.metrics.faithfulness.FaithfulnessCorrelation;
import org.explain4j.metrics.faithfulness.FaithfulnessEstimate;
import org.explain4j.metrics.faithfulness.Infidelity;
import org.explain4j.metrics.faithfulness.Insertion;
import org.explain4j.metrics.faithfulness.Irof;
import org.explain4j.metrics.faithfulness.Monotonicity;
import org.explain4j.metrics.faithfulness.ReadOut;
import org.explain4j.metrics.faithfulness.SensitivityN;
import org.explain4j.metrics.randomisation.EfficientMprt;
import org.explain4j.metrics.randomisation.Mprt;
import org.explain4j.metrics.randomisation.RandomLogit;
import org.explain4j.metrics.robustness.AvgSensitivity;
import org.explain4j.metrics.robustness.Continuity;
import org.explain4j.metrics.robustness.LocalLipschitz;
import org.explain4j.metrics.robustness.MaxSensitivity;
import org.explain4j.testkit.Networks;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Answers that follow from a metric's definition, without any reference data. */
class KnownAnswersTest extends KnownAnswers {
  @Test
  void inputTimesGradientIsFaithfulToALinearNetwork() {
    Evaluation exact = judged(linear, this::timesInput);
    FaithfulnessCorrelation correlation =
        new FaithfulnessCorrelation(1, 0.25, 40, ZERO, ReadOut.LOGIT, 1);
    all(values(correlation, exact, "correlation"), 1);
    SensitivityN sensitivity =
        new SensitivityN(1, List.of(0.1, 0.25, 0.8), 40, ZERO, ReadOut.LOGIT, 1);
    all(values(sensitivity, exact, "correlation"), 1);
    for (double[] curve : sensitivity.evaluate(exact).curves().get(0).values()) {
      assertThat(curve).containsOnly(new double[] {1, 1, 1}, within(1e-9));
    }
    FaithfulnessEstimate estimate = new FaithfulnessEstimate(1, ZERO, ReadOut.LOGIT);
    all(values(estimate, exact, "correlation"), 1);
    all(values(new Infidelity(), exact, "removed"), 0);
    all(values(new Completeness(), exact, "gap"), 0);
    all(values(new Completeness(), exact, "relative-gap"), 0);
  }

  @Test
  void noOrderIsBelowItsDeletionCurve() {
    Deletion deletion = new Deletion(Optional.of(PIXELS), ZERO, ReadOut.LOGIT);
    double[][] best = deletion.evaluate(judged(linear, this::timesInput)).curves().get(0).values();
    for (int seed = 1; seed < 6; seed++) {
      INDArray noise = Networks.normal(seed, inputs.shape());
      double[][] other =
          deletion.evaluate(judged(linear, (x, c) -> noise)).curves().get(0).values();
      for (int i = 0; i < IMAGES; i++) {
        for (int k = 0; k <= PIXELS; k++) {
          assertThat(best[i][k]).isLessThanOrEqualTo(other[i][k] + 1e-9);
        }
      }
    }
  }

  @Test
  void theGradientOfALinearNetworkIsStableAndOfNoInfidelity() {
    Evaluation gradient = judged(linear, this::gradient);
    all(values(new Infidelity(), gradient, "difference"), 0);
    all(values(new Infidelity(), gradient, "noise"), 0);
    all(values(new LocalLipschitz(), gradient, "lipschitz"), 0);
    all(values(new MaxSensitivity(), gradient, "sensitivity"), 0);
    all(values(new AvgSensitivity(), gradient, "sensitivity"), 0);
    all(values(new Continuity(), gradient, "continuity"), 0);
  }

  @Test
  void aFactorChangesNothingButWhatIsMeasuredInItsUnits() {
    Attributor larger = (x, c) -> timesInput(x, c).muli(7);
    Evaluation one = judged(linear, this::timesInput);
    Evaluation seven = judged(linear, larger);
    Map<Metric, Double> factors = new LinkedHashMap<>();
    for (Metric metric : Catalog.of(Metric.class).providers().values()) {
      factors.put(metric, 1.0);
    }
    factors.keySet().removeIf(metric -> metric.needsMasks() || metric instanceof Completeness);
    factors.keySet().removeIf(metric -> metric instanceof Degradation || metric instanceof Irof);
    factors.keySet().removeIf(metric -> metric.id().equals("input-invariance"));
    factors.keySet().removeIf(metric -> metric.id().equals("infidelity"));
    factors.put(new Degradation(2, 16), 1.0);
    factors.put(new Irof(3, new Irof().replacement()), 1.0);
    factors.put(new Infidelity(4, 5, 0.2, true, ZERO, 1), 1.0);
    factors.put(new LocalLipschitz(), 7.0);
    factors.put(new Continuity(), 7.0);
    factors.put(new MaxSensitivity(10, 0.2, false, 1), 7.0);
    factors.put(new AvgSensitivity(10, 0.2, false, 1), 7.0);
    factors.forEach(
        (metric, factor) -> {
          List<Score> before = metric.evaluate(one).scores();
          List<Score> after = metric.evaluate(seven).scores();
          for (int s = 0; s < before.size(); s++) {
            double[] scaled = Arrays.stream(before.get(s).values()).map(v -> v * factor).toArray();
            GoldenMetrics.assertClose(
                metric.id() + " " + before.get(s).name(), after.get(s).values(), scaled, 1e-7);
          }
        });
  }

  @Test
  void aNetworkThatIgnoresTheInputHasFlatCurves() {
    Evaluation any = judged(blind, (x, c) -> Networks.normal(9, x.shape()));
    double[] clean = new double[IMAGES];
    INDArray probabilities = blind.probabilities(inputs);
    Arrays.setAll(clean, i -> probabilities.getDouble(i, classes[i]));
    all(values(new Degradation(2, 16), any, "aopc"), 0);
    all(values(new Degradation(2, 16), any, "area-between"), 0);
    double[] deletion = values(new Deletion(), any, "area");
    double[] insertion = values(new Insertion(), any, "area");
    for (int i = 0; i < IMAGES; i++) {
      assertThat(deletion[i]).isCloseTo(clean[i], within(1e-9));
      assertThat(insertion[i]).isCloseTo(clean[i], within(1e-9));
    }
    all(values(new Irof(3, ZERO), any, "irof"), 0);
    all(values(new Monotonicity(), any, "monotone"), 1);
    all(values(new FaithfulnessCorrelation(), any, "correlation"), Double.NaN, "constant output");
    all(values(new SensitivityN(), any, "correlation"), Double.NaN, "constant output");
    all(values(new FaithfulnessEstimate(), any, "correlation"), Double.NaN, "constant output");
    all(values(new Completeness(), any, "relative-gap"), Double.NaN, "no change");
  }

  @Test
  void anExplanationThatIgnoresTheNetworkStaysTheSame() {
    Evaluation edges = judged(linear, (x, c) -> x.mul(x));
    Result mprt = new Mprt().evaluate(edges);
    mprt.scores().forEach(score -> all(score.values(), 1));
    all(values(new EfficientMprt(), edges, "entropy-rise"), 0);
    new RandomLogit().evaluate(edges).scores().forEach(score -> all(score.values(), 1));
  }

  @Test
  void mostAndLeastRelevantFirstBeginAndEndAlike() {
    Result result = new Degradation(2, 16).evaluate(judged(linear, this::timesInput));
    double[][] morf = result.curves().get(0).values();
    double[][] lerf = result.curves().get(1).values();
    for (int i = 0; i < IMAGES; i++) {
      assertThat(morf[i][0]).isEqualTo(lerf[i][0]);
      assertThat(morf[i][16]).isEqualTo(lerf[i][16]);
    }
  }
}

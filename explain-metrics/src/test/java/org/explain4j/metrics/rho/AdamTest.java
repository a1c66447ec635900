package org.explain4j.metrics.rho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.explain4j.api.Patterns;
import org.explain4j.api.RegressionTarget;
import org.explain4j.api.Rho;
import org.explain4j.api.SignalQuality;
import org.explain4j.network.moments.LayerSamples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AdamTest {
  private final SyntheticLayer synthetic = SyntheticLayer.of(10, 15, 1);
  private final LayerSamples b = synthetic.samples(1500, 3);
  private final LayerSamples c = synthetic.samples(1500, 4);

  @ParameterizedTest
  @EnumSource
  void agreesWithTheClosedForm(RegressionTarget target) {
    LayerSamples a = synthetic.samples(1500, 2);
    for (Patterns patterns :
        List.of(
            SyntheticLayer.random(a.moments(), 5),
            SyntheticLayer.linear(a.moments(), RegressionTarget.POST),
            SyntheticLayer.twoComponent(a.moments(), RegressionTarget.PRE))) {
      Rho exact = new ClosedForm().of(synthetic.layer(), b, c).rho(patterns, target);
      Rho adam = new Adam().of(synthetic.layer(), b, c).rho(patterns, target);
      assertThat(mean(adam)).isCloseTo(mean(exact), within(0.01));
      // The closed form is the least squares solution: nothing has a smaller loss on split B.
      double above = adam.diagnostics().get("loss") - exact.diagnostics().get("loss");
      double distance = adam.diagnostics().get("distance");
      assertThat(above).isBetween(-1e-6, Math.min(0.01, distance + 1e-6));
      assertThat(adam.diagnostics()).containsEntry("converged", distance <= 0.01 ? 1.0 : 0.0);
    }
  }

  @Test
  void solversSayWhatTheyAreAndWhatTimeTheyTook() {
    assertThat(new Adam().summary()).contains("ADAM");
    assertThat(new ClosedForm().id()).isEqualTo("closed-form");
    assertThat(new ClosedForm().summary()).contains("least squares");
    assertThat(new ClosedForm().drawsSamples()).isFalse();
    Patterns patterns = SyntheticLayer.random(b.moments(), 5);
    for (SignalQuality solver : List.of(new Adam(), new ClosedForm())) {
      long start = System.nanoTime();
      List<Rho> all =
          solver
              .of(synthetic.layer(), b, c)
              .rho(
                  Arrays.stream(RegressionTarget.values())
                      .map(target -> new SignalQuality.Question(patterns, target))
                      .toList());
      double most = (System.nanoTime() - start) / 1e9;
      assertThat(all.stream().mapToDouble(rho -> rho.diagnostics().get("seconds")).sum())
          .isBetween(0.0, most)
          .isPositive();
    }
  }

  /** One step of almost nothing leaves the start: its loss is below 1, that of v = 0. */
  @ParameterizedTest
  @EnumSource
  void aWarmStartIsBetterThanNothingAndWorseThanTheSolution(RegressionTarget target) {
    Patterns patterns = SyntheticLayer.random(b.moments(), 5);
    double exact =
        new ClosedForm()
            .of(synthetic.layer(), b, c)
            .rho(patterns, target)
            .diagnostics()
            .get("loss");
    double cold = loss(patterns, target, false);
    double warm = loss(patterns, target, true);
    assertThat(cold).isCloseTo(1, within(1e-6));
    assertThat(warm).isBetween(exact, 0.9);
  }

  private double loss(Patterns patterns, RegressionTarget target, boolean warmStart) {
    return new Adam(1e-12, 0.3, 100, 1, 1e-3, 1, 7, warmStart)
        .of(synthetic.layer(), b, c)
        .rho(patterns, target)
        .diagnostics()
        .get("loss");
  }

  @Test
  void sameSeedSameResult() {
    Patterns patterns = SyntheticLayer.random(b.moments(), 5);
    Adam adam = new Adam(0.01, 0.3, 100, 10, 1e-3, 50, 7, false);
    Rho first = adam.of(synthetic.layer(), b, c).rho(patterns, RegressionTarget.PRE);
    Rho second = adam.of(synthetic.layer(), b, c).rho(patterns, RegressionTarget.PRE);
    assertThat(first.evaluated()).isEqualTo(second.evaluated());
  }

  @Test
  void aSearchThatIsCutOffSaysSo() {
    Patterns patterns = SyntheticLayer.random(b.moments(), 5);
    Rho rho =
        new Adam(0.01, 0.3, 100, 10, 1e-3, 50, 7, false)
            .of(synthetic.layer(), b, c)
            .rho(patterns, RegressionTarget.PRE);
    assertThat(rho.diagnostics()).containsEntry("converged", 0.0).containsEntry("steps", 50.0);
    assertThat(rho.diagnostics().get("seconds")).isBetween(1e-9, 60.0);
  }

  /** Of one input the signal is all: nothing is left to regress on. */
  @ParameterizedTest
  @EnumSource
  void aResidualThatIsConstantEndsTheSearchAtOnce(RegressionTarget target) {
    SyntheticLayer narrow = SyntheticLayer.of(3, 1, 1);
    LayerSamples samples = narrow.samples(500, 3);
    Patterns patterns = SyntheticLayer.random(samples.moments(), 5);
    Rho rho = new Adam().of(narrow.layer(), samples, samples).rho(patterns, target);
    assertThat(rho.diagnostics().get("steps")).isLessThanOrEqualTo(400.0);
  }

  @Test
  void settingsAreChecked() {
    for (Adam limit :
        List.of(
            new Adam(Double.MIN_VALUE, 0.3, 1, 1, 0, 1, 1, false),
            new Adam(0.01, Math.nextDown(1), 100, 10, 1e-3, 10, 7, false))) {
      assertThat(limit.id()).isEqualTo("adam");
    }
    refused(() -> new Adam(0, 0.3, 100, 10, 1e-3, 50, 7, false), "learning-rate (0.0)");
    refused(() -> new Adam(0.01, 0, 100, 10, 1e-3, 50, 7, false), "decay (0.0)");
    refused(() -> new Adam(0.01, 1, 100, 10, 1e-3, 50, 7, false), "decay (1.0)");
    refused(() -> new Adam(0.01, 0.3, 100, 10, -1e-9, 50, 7, false), "tolerance (-1.0E-9)");
    refused(() -> new Adam(0.01, 0.3, 0, 10, 1e-3, 50, 7, false), "batch (0)");
    refused(() -> new Adam(0.01, 0.3, 100, 0, 1e-3, 50, 7, false), "interval (0)");
    refused(() -> new Adam(0.01, 0.3, 100, 10, 1e-3, 50, 0, false), "seed (0)");
    refused(() -> new Adam(0.01, 0.3, 100, 10, 1e-3, 9, 7, false), "max-steps (9)");
  }

  private static void refused(ThrowingCallable settings, String named) {
    assertThatThrownBy(settings).hasMessageContaining(named);
  }

  private static double mean(Rho rho) {
    return Arrays.stream(rho.evaluated()).average().orElseThrow();
  }
}

package org.explain4j.metrics.rho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.explain4j.api.Patterns;
import org.explain4j.api.RegressionTarget;
import org.explain4j.network.moments.LayerSamples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What lies outside the heap is given back at once: the plan of a run counts on it. */
class MemoryTest {
  private final SyntheticLayer synthetic = SyntheticLayer.of(8, 12, 1);
  private final LayerSamples b = synthetic.samples(300, 3);
  private final LayerSamples c = synthetic.samples(300, 4);

  @Test
  void ofTheClosedForm() {
    LayerSystem system = LayerSystem.of(1e-6, synthetic.layer(), b, c);
    LayerBasis basis = system.bases().get(0);
    Patterns patterns = SyntheticLayer.twoComponent(b.moments(), RegressionTarget.PRE);
    Woodbury woodbury =
        Woodbury.of(basis, patterns.positive(), patterns.negative(), system.cholesky());
    woodbury.close();
    assertThat(List.of(woodbury.positive(), woodbury.negative())).allMatch(INDArray::wasClosed);
    assertThat(basis.kept()).noneMatch(INDArray::wasClosed);
    new ClosedFormMeasure(system).close();
    assertThat(basis.kept()).allMatch(INDArray::wasClosed);
    assertThat(system.cholesky().factor().wasClosed()).isTrue();
  }

  @Test
  void ofMiniBatches() {
    AdamBatches batches = new AdamBatches(synthetic.layer(), b.moments(), b.minibatches(20, 6), 3);
    AdamBatch first = batches.next(1).get(0);
    assertThat(batches.next(1).get(0)).isSameAs(first);
    batches.close();
    assertThat(first.x().wasClosed()).isTrue();
  }

  @Test
  void ofSearches() {
    Patterns patterns = SyntheticLayer.random(b.moments(), 5);
    ResidualStatistics statistics = statistics(patterns);
    AdamResidual residual = AdamResidual.of(statistics);
    AdamTask task = new AdamTask(new Adam(), patterns, RegressionTarget.PRE, statistics, residual);
    AdamVectors vectors = new AdamVectors(List.of(task), false, 20);
    AdamTask.Found found = vectors.of(0);
    assertThat(found.rows(0, 8).shape()).containsExactly(8, 12);
    vectors.close();
    assertThatThrownBy(() -> found.rows(0, 8))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ofTheirResiduals(boolean linear) {
    AdamResidual residual =
        AdamResidual.of(
            statistics(
                linear
                    ? SyntheticLayer.random(b.moments(), 5)
                    : SyntheticLayer.twoComponent(b.moments(), RegressionTarget.PRE)));
    residual.close();
    assertThat(List.of(residual.positive(), residual.negative(), residual.inverse()))
        .allMatch(INDArray::wasClosed);
  }

  private ResidualStatistics statistics(Patterns patterns) {
    return ResidualStatistics.of(new LayerCovariances(b.moments()), patterns);
  }
}

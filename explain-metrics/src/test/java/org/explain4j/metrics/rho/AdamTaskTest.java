package org.explain4j.metrics.rho;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.explain4j.api.Patterns;
import org.explain4j.api.RegressionTarget;
import org.explain4j.api.SignalQuality;
import org.explain4j.network.moments.LayerSamples;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

class AdamTaskTest {
  private static final int NEURONS = 8;
  private static final int INPUTS = 12;

  private final SyntheticLayer synthetic = SyntheticLayer.of(NEURONS, INPUTS, 1);
  private final LayerSamples b = synthetic.samples(500, 3);
  private final LayerCovariances evaluate =
      new LayerCovariances(synthetic.samples(500, 4).moments());
  private final Patterns patterns = SyntheticLayer.random(b.moments(), 5);
  private int reads;

  private AdamTask task(RegressionTarget target) {
    ResidualStatistics statistics =
        ResidualStatistics.of(new LayerCovariances(b.moments()), patterns);
    return new AdamTask(new Adam(), patterns, target, statistics, AdamResidual.of(statistics));
  }

  private AdamTask.Found counting(INDArray v) {
    return (from, to) -> {
      reads++;
      return v.dup('c');
    };
  }

  private int reads(Runnable work) {
    reads = 0;
    work.run();
    return reads;
  }

  /** The loss is read at each interval, the distance at plateaus and, exactly, at the end. */
  @ParameterizedTest
  @EnumSource
  void theDistanceIsMeasuredAtPlateausAndAtTheEnd(RegressionTarget target) {
    AdamTask task = task(target);
    AdamTask.Found near = counting(solution(target));
    assertThat(reads(() -> assertThat(task.endsAfter(near, 1)).isFalse())).isEqualTo(1);
    assertThat(reads(() -> task.rho(near, evaluate, (v, from) -> {}))).isEqualTo(2);
    assertThat(reads(() -> assertThat(task.endsAfter(near, 1)).isTrue())).isEqualTo(2);
    assertThat(reads(() -> task.rho(near, evaluate, (v, from) -> {}))).isEqualTo(2);
    assertThat(task.rho(near, evaluate, (v, from) -> {}).diagnostics())
        .containsEntry("steps", 400.0)
        .containsEntry("seconds", 2.0)
        .containsEntry("converged", 1.0);
  }

  /** With as many inputs as that, a few neurons are read at a time: those of the first are far. */
  @ParameterizedTest
  @EnumSource
  void aFewNeuronsTellThatASearchIsFar(RegressionTarget target) {
    SyntheticLayer wide = SyntheticLayer.of(20, 1700, 1);
    LayerSamples data = new LayerSamples(wide.layer(), wide.draw(300, 3));
    Patterns random = SyntheticLayer.random(data.moments(), 5);
    ResidualStatistics statistics =
        ResidualStatistics.of(new LayerCovariances(data.moments()), random);
    AdamTask task =
        new AdamTask(new Adam(), random, target, statistics, AdamResidual.of(statistics));
    List<Integer> ends = new ArrayList<>();
    INDArray v = SyntheticLayer.gaussian(new SplittableRandom(5), 20, 1700);
    AdamTask.Found found =
        (from, to) -> {
          ends.add(to);
          return v.get(NDArrayIndex.interval(from, to)).dup('c');
        };
    assertThat(task.endsAfter(found, 1)).isFalse();
    assertThat(task.endsAfter(found, 1)).isFalse();
    assertThat(ends).containsExactly(20, 20, 9);
  }

  private INDArray solution(RegressionTarget target) {
    INDArray[] solution = new INDArray[1];
    try (var measure = new ClosedForm(1e-10).of(synthetic.layer(), b, b)) {
      measure.rho(
          List.of(new SignalQuality.Question(patterns, target)),
          (question, from, v) -> solution[0] = v.dup('c'));
    }
    return solution[0];
  }
}

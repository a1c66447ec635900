package org.explain4j.metrics.rho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.explain4j.api.Patterns;
import org.explain4j.api.RegressionTarget;
import org.explain4j.api.Rho;
import org.explain4j.api.SignalQuality;
import org.explain4j.network.moments.LayerMoments;
import org.explain4j.network.moments.LayerSamples;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Neurons of a wide layer are treated block by block, which must not be seen. */
class SeveralBlocksTest {
  private static final int NEURONS = 8;
  private static final int INPUTS = 12;
  private static final long USUAL = NeuronRows.block;

  private final SyntheticLayer synthetic = SyntheticLayer.of(NEURONS, INPUTS, 1);
  private final LayerSamples b = synthetic.samples(500, 3);
  private final LayerSamples c = synthetic.samples(500, 4);

  @AfterEach
  void asUsual() {
    NeuronRows.block = USUAL;
  }

  /** Of three neurons, so that the last block has two; of one neuron. */
  @ParameterizedTest
  @ValueSource(longs = {3 * INPUTS, 1})
  void rhoAndRegressionsAreThoseOfOneBlock(long block) {
    LayerMoments a = synthetic.samples(500, 2).moments();
    for (Patterns patterns :
        List.of(
            SyntheticLayer.random(a, 5), SyntheticLayer.twoComponent(a, RegressionTarget.POST))) {
      for (SignalQuality solver :
          List.of(
              new ClosedForm(),
              new Adam(0.03, 0.3, 50, 10, 0.01, 60, 3, false),
              new Adam(0.03, 0.3, 50, 10, 0.01, 60, 3, true))) {
        NeuronRows.block = USUAL;
        List<Found> whole = found(solver, patterns);
        NeuronRows.block = block;
        List<Found> pieces = found(solver, patterns);
        for (int i = 0; i < whole.size(); i++) {
          pieces.get(i).isLike(whole.get(i));
        }
      }
    }
  }

  private record Found(Rho rho, double[][] v) {
    void isLike(Found other) {
      assertThat(rho.evaluated()).containsExactly(other.rho.evaluated(), within(1e-9));
      assertThat(rho.fitted()).containsExactly(other.rho.fitted(), within(1e-9));
      assertThat(rho.included()).isEqualTo(other.rho.included());
      assertThat(rho.diagnostics().get("seconds")).isBetween(1e-9, 60.0);
      for (Map.Entry<String, Double> diagnostic : other.rho.diagnostics().entrySet()) {
        if (!diagnostic.getKey().equals("seconds")) {
          assertThat(rho.diagnostics().get(diagnostic.getKey()))
              .as(diagnostic.getKey())
              .isCloseTo(diagnostic.getValue(), within(1e-9));
        }
      }
      for (int j = 0; j < v.length; j++) {
        assertThat(v[j]).containsExactly(other.v[j], within(1e-7));
      }
    }
  }

  private List<Found> found(SignalQuality solver, Patterns patterns) {
    List<SignalQuality.Question> questions = new ArrayList<>();
    for (RegressionTarget target : RegressionTarget.values()) {
      questions.add(new SignalQuality.Question(patterns, target));
    }
    double[][][] vectors = new double[questions.size()][NEURONS][];
    List<Rho> rho =
        solver
            .of(synthetic.layer(), b, c)
            .rho(questions, (question, from, v) -> put(vectors[question], from, v));
    List<Found> all = new ArrayList<>();
    for (int i = 0; i < rho.size(); i++) {
      all.add(new Found(rho.get(i), vectors[i]));
    }
    return all;
  }

  private static void put(double[][] vectors, int from, INDArray v) {
    double[][] rows = v.castTo(DataType.DOUBLE).dup('c').toDoubleMatrix();
    System.arraycopy(rows, 0, vectors, from, rows.length);
  }
}

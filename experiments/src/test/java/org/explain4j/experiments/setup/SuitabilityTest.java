package org.explain4j.experiments.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.explain4j.api.Attributor;
import org.explain4j.api.Explainer;
import org.explain4j.api.Group;
import org.explain4j.api.Subject;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.configuration.ExperimentFile;
import org.explain4j.experiments.configuration.ExperimentFile.Assignment;
import org.explain4j.experiments.configuration.Extensions;
import org.explain4j.experiments.configuration.Problem;
import org.explain4j.network.Activation;
import org.explain4j.network.ActivationFunction;
import org.explain4j.network.Dense;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.propagation.Applicability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class SuitabilityTest {

  /** Two dense layers with a function between them. */
  private static Network vectors(ActivationFunction function) {
    Dense dense = new Dense(Nd4j.eye(3).castTo(DataType.FLOAT), Nd4j.zeros(DataType.FLOAT, 3));
    return new Network(
        List.of(3L),
        List.of(
            new Node("first", dense, List.of(Network.INPUT)),
            new Node("curve", Activation.of(function), List.of("first")),
            new Node("second", dense, List.of("curve"))));
  }

  private static Experiment of(String explainers) {
    return ExperimentFile.of(
        Map.of("explainers", new Assignment("--method", explainers)),
        Path.of("").toAbsolutePath(),
        Extensions.of(SuitabilityTest.class.getClassLoader()));
  }

  @Test
  void everyMethodThatRefusesTheNetworkIsAProblemAtItsPlace() {
    Suitability said =
        Suitability.of(of("[gradient, grad-cam, sobel]"), vectors(ActivationFunction.RELU));
    assertThat(said.problems())
        .extracting(Problem::path)
        .containsExactly("explainers[1]", "explainers[2]");
    assertThat(said.notes()).isEmpty();
  }

  @Test
  void whatIsBeyondThePapersIsNotedWithTheNode() {
    Suitability said =
        Suitability.of(of("[gradient, pattern-net]"), vectors(ActivationFunction.SIGMOID));
    assertThat(said.problems()).isEmpty();
    assertThat(said.notes())
        .singleElement()
        .asString()
        .contains("outside the assumptions of the papers of pattern-net", "'curve'");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPlugInThatCannotSayEndsNothing(boolean isNull) {
    assertThat(Suitability.answer(new Silent(isNull), m -> m.applicability(null))).isEmpty();
  }

  /** Fails, or returns null. */
  private record Silent(boolean isNull) implements Explainer {
    @Override
    public String id() {
      return "silent";
    }

    @Override
    public String summary() {
      return "for tests";
    }

    @Override
    public Group group() {
      return Group.FUNCTION;
    }

    @Override
    public Attributor bind(Subject subject) {
      throw new IllegalStateException("not bound");
    }

    @Override
    public Applicability applicability(Network network) {
      if (isNull) {
        return null;
      }
      throw new AssertionError("broken");
    }
  }
}

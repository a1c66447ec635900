package org.explain4j.methods;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Map;
import java.util.stream.Stream;
import org.explain4j.api.Catalog;
import org.explain4j.api.Explainer;
import org.explain4j.api.Subject;
import org.explain4j.methods.perturbation.RealTimeSaliency;
import org.explain4j.network.Network;
import org.explain4j.network.moments.NetworkMoments;
import org.explain4j.testkit.ExplainerContract;
import org.explain4j.testkit.Networks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every explainer of the catalog, with its default settings unless these are slow. */
@ParameterizedClass
@MethodSource("explainers")
class ExplainerContractTest extends ExplainerContract {
  /** Methods that are trained when bound. */
  private static final Map<String, Explainer> QUICK =
      Map.of("real-time-saliency", new RealTimeSaliency(1, 20, 0.01, 2, 1e-3, 2, 5, 0.3, 1));

  @Parameter Explainer explainer;

  static Stream<Explainer> explainers() {
    return Catalog.of(Explainer.class).providers().values().stream()
        .map(explainer -> QUICK.getOrDefault(explainer.id(), explainer));
  }

  @Override
  protected Explainer create() {
    return explainer;
  }

  @Test
  void itAppliesToImages() {
    for (Network network :
        new Network[] {Networks.convolutional(), Networks.graph(), Networks.gated()}) {
      INDArray data = Networks.inputs(network, 40, 11);
      Subject known = Subject.of(network, NetworkMoments.collect(network, data));
      assertThatCode(() -> explainer.bind(new Subject(network, known.patterns(), data::dup)))
          .doesNotThrowAnyException();
    }
  }
}

package org.explain4j.methods;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.explain4j.api.Catalog;
import org.explain4j.api.Explainer;
import org.explain4j.api.SignalEstimator;
import org.explain4j.api.Start;
import org.explain4j.methods.backpropagation.PatternNet;
import org.explain4j.methods.estimators.Identity;
import org.explain4j.methods.estimators.TwoComponent;
import org.explain4j.methods.paths.SmoothGrad;
import org.explain4j.network.Network;
import org.explain4j.network.propagation.Applicability;
import org.explain4j.network.propagation.Applicability.Level;
import org.explain4j.testkit.Networks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ApplicabilityTest {

  static Stream<Explainer> explainers() {
    return Catalog.of(Explainer.class).providers().values().stream();
  }

  @ParameterizedTest
  @MethodSource("explainers")
  void everyMethodIsExactOnAChainOfConvolutionsAndRectifiers(Explainer explainer) {
    assertThat(explainer.applicability(Networks.convolutional())).isEqualTo(Applicability.EXACT);
  }

  @ParameterizedTest
  @MethodSource("explainers")
  void noMethodRefusesImagesBecauseOfLayers(Explainer explainer) {
    Applicability said = explainer.applicability(Networks.gated());
    assertThat(said.isRefused()).as(said.reason()).isFalse();
    boolean byGradientsOrOutputs =
        !Set.of("deep-lift", "guided-backprop", "deconvnet", "guided-grad-cam")
                .contains(explainer.id())
            && !explainer.id().startsWith("lrp-")
            && !explainer.id().contains("pattern")
            && !explainer.id().equals("deep-taylor");
    assertThat(said.isExact()).as(explainer.id()).isEqualTo(byGradientsOrOutputs);
  }

  @Test
  void methodsForImagesRefuseVectorsWithAReason() {
    Explainer occlusion = Catalog.of(Explainer.class).get("occlusion");
    assertThat(occlusion.applicability(Networks.perceptron()))
        .isEqualTo(
            Applicability.no(
                "The method 'occlusion' takes images [c,h,w], but the network takes [6]."));
  }

  @Test
  void aMethodWithoutPatternsIsRefusedAndACombinationAsksItsParts() {
    Network network = Networks.convolutional();
    PatternNet none = new PatternNet(new Identity(), Start.ONE);
    assertThat(none.applicability(network).level()).isEqualTo(Level.NO);
    assertThat(new SmoothGrad(none, 3, 0.1, 1).applicability(network).level()).isEqualTo(Level.NO);
    assertThat(new SmoothGrad().applicability(Networks.gated()).isExact()).isTrue();
  }

  /** Kindermans et al. have a rectifier behind each layer; the graph has sums and a plain head. */
  @Test
  void regimesAreExactWhereARectifierFollows() {
    assertThat(new TwoComponent().applicability(Networks.convolutional()).isExact()).isTrue();
    Applicability graph = new TwoComponent().applicability(Networks.graph());
    assertThat(graph.level()).isEqualTo(Level.DEFINED);
    assertThat(graph.reason()).contains("no ReLU alone follows ('branch' and 1 more)");
    for (SignalEstimator estimator : Catalog.of(SignalEstimator.class).providers().values()) {
      assertThat(estimator.applicability(Networks.gated()).isRefused()).isFalse();
    }
  }

  @Test
  void theWorstLevelCountsWithItsReasonsOnly() {
    Applicability two = Applicability.defined("two");
    assertThat(Applicability.worst(Applicability.EXACT, Applicability.defined("one"), two, two))
        .isEqualTo(Applicability.defined("one; two"));
    assertThat(Applicability.worst(two, Applicability.no("three")))
        .isEqualTo(Applicability.no("three"));
    assertThat(Applicability.over(List.of(), node -> two)).isEqualTo(Applicability.EXACT);
  }
}

package org.explain4j.methods.backpropagation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.explain4j.api.Catalog;
import org.explain4j.api.Explainer;
import org.explain4j.api.Patterns;
import org.explain4j.api.RegressionTarget;
import org.explain4j.api.SignalEstimator;
import org.explain4j.api.Start;
import org.explain4j.api.Subject;
import org.explain4j.methods.estimators.Linear;
import org.explain4j.methods.estimators.LogitPattern;
import org.explain4j.methods.estimators.TwoComponent;
import org.explain4j.methods.rules.Bias;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.moments.NetworkMoments;
import org.explain4j.testkit.Networks;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Convolutions of groups against one convolution for each group, between slices. */
class GroupedConvolutionTest {
  private final Network network = Networks.grouped();
  private final Network twin = Networks.expanded(network);
  private final INDArray data = Networks.inputs(network, 40, 11);

  private static Map<String, Explainer> explainers() {
    Map<String, Explainer> methods = new TreeMap<>(Catalog.of(Explainer.class).providers());
    methods.remove("real-time-saliency"); // it is trained
    List<Explainer> settings =
        List.of(
            new LrpEpsilon(0.25, false, Start.LOGIT),
            new LrpGamma(0.3, Bias.SPLIT, 1e-6, Start.LOGIT),
            new LrpZPlus(Bias.SPLIT, 1e-6, Start.LOGIT),
            new PatternNet(new Linear(RegressionTarget.POST), Start.LOGIT));
    settings.forEach(method -> methods.put(method.toString(), method));
    return methods;
  }

  @Test
  void everyMethodGivesWhatItGivesGroupByGroup() {
    INDArray inputs = Networks.inputs(network, 4, 7).subi(0.25);
    int[] classes = IntStream.range(0, 4).map(i -> i % 3).toArray();
    Subject grouped = subject(network);
    Subject expanded = subject(twin);
    assertThat(network.logits(inputs).distance2(twin.logits(inputs))).isLessThan(1e-12);
    Map<String, Double> errors = new TreeMap<>();
    explainers()
        .forEach(
            (name, method) -> {
              INDArray found = method.bind(grouped).attribute(inputs, classes);
              INDArray right = method.bind(expanded).attribute(inputs, classes);
              double scale = right.norm2Number().doubleValue();
              errors.put(name, found.distance2(right) / scale);
            });
    assertThat(errors).hasSizeGreaterThan(40);
    assertThat(errors).allSatisfy((name, error) -> assertThat(error).as(name).isLessThan(1e-10));
  }

  private Subject subject(Network one) {
    Subject known = Subject.of(one, NetworkMoments.collect(one, data));
    return new Subject(one, known.patterns(), () -> data);
  }

  @Test
  void everyEstimatorGivesWhatItGivesGroupByGroup() {
    NetworkMoments grouped = NetworkMoments.collect(network, data);
    NetworkMoments expanded = NetworkMoments.collect(twin, data);
    List<SignalEstimator> estimators =
        new ArrayList<>(Catalog.of(SignalEstimator.class).providers().values());
    estimators.add(new Linear(RegressionTarget.POST));
    estimators.add(new TwoComponent(RegressionTarget.POST, LogitPattern.POSITIVE));
    for (SignalEstimator estimator : estimators) {
      for (Node node : network.linearNodes()) {
        try (Patterns found = Subject.of(network, grouped).patterns().patterns(estimator, node)) {
          int groups = ((LinearLayer) node.layer()).groups();
          List<Patterns> parts = new ArrayList<>();
          for (int g = 0; g < groups; g++) {
            Node part = twin.node(groups == 1 ? node.name() : node.name() + ".group" + g);
            parts.add(Subject.of(twin, expanded).patterns().patterns(estimator, part));
          }
          compare(found, parts, estimator.id() + " at " + node.name());
        }
      }
    }
  }

  private static void compare(Patterns found, List<Patterns> parts, String what) {
    assertThat(found.isIdentity()).as(what).isEqualTo(parts.get(0).isIdentity());
    if (found.isIdentity()) {
      return;
    }
    INDArray positive =
        Nd4j.concat(0, parts.stream().map(Patterns::positive).toArray(INDArray[]::new));
    INDArray negative =
        Nd4j.concat(0, parts.stream().map(Patterns::negative).toArray(INDArray[]::new));
    assertThat(found.positive().distance2(positive)).as(what).isLessThan(1e-10);
    assertThat(found.negative().distance2(negative)).as(what).isLessThan(1e-10);
    assertThat(found.positiveStates())
        .as(what)
        .isEqualTo(parts.stream().flatMap(p -> p.positiveStates().stream()).toList());
  }
}

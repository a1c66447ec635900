package org.explain4j.methods.backpropagation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.explain4j.api.Catalog;
import org.explain4j.api.Explainer;
import org.explain4j.api.Propagation;
import org.explain4j.api.Start;
import org.explain4j.api.Subject;
import org.explain4j.methods.rules.Bias;
import org.explain4j.network.Activation;
import org.explain4j.network.ActivationFunction;
import org.explain4j.network.Activations;
import org.explain4j.network.Arithmetic;
import org.explain4j.network.Layer;
import org.explain4j.network.LayerChanges;
import org.explain4j.network.LayerKind;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.explain4j.network.compilation.CompiledPropagation;
import org.explain4j.network.moments.NetworkMoments;
import org.explain4j.network.onednn.OneDnn;
import org.explain4j.network.propagation.CompilableRule;
import org.explain4j.network.propagation.Composite;
import org.explain4j.testkit.Networks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every table of rules compiled to oneDNN in float32, against ND4J layer by layer in float64. */
class CompiledRulesTest {
  /** Settings with which rules take another way through their formulas. */
  private static final List<Explainer> SETTINGS =
      List.of(
          new LrpEpsilon(1e-6, false, Start.LOGIT),
          new LrpEpsilon(0.25, true, Start.LOGIT),
          new LrpZPlus(Bias.SPLIT, 1e-6, Start.LOGIT),
          new DeepTaylor(
              InputDomain.BOX,
              List.of(-0.5),
              List.of(1.0),
              Bias.WHOLE,
              PoolingShares.EQUAL,
              Start.LOGIT));

  static Stream<Network> networks() {
    return Stream.of(
        Networks.convolutional(),
        Networks.blocked(),
        Networks.graph(),
        Networks.grouped(),
        smooth(Networks.grouped()),
        Networks.perceptron(),
        Networks.wide());
  }

  /** With activations of oneDNN's own, and of Java's. */
  private static Network smooth(Network network) {
    Map<String, Layer> others =
        Map.of(
            "relu1", Activation.of(ActivationFunction.SILU),
            "relu2", Activation.of(ActivationFunction.CLIP, 0, 1),
            "relu3", Activation.of(ActivationFunction.HARD_SWISH),
            "relu4", Activation.prelu(.1, .2, -.1, 0, .3, .5));
    return network.with(node -> others.getOrDefault(node.name(), node.layer()));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void compiledRulesGiveWhatLayerByLayerGives(Network exact) {
    assumeTrue(OneDnn.isAvailable(), "There is nothing to compile to.");
    Network network = exact.cast(DataType.FLOAT);
    INDArray inputs = Networks.inputs(network, 6, 7).subi(0.25);
    INDArray data = Networks.inputs(network, 40, 11);
    Subject compiled = Subject.of(network, NetworkMoments.collect(network, data));
    Subject slow = Subject.of(exact, NetworkMoments.collect(exact, data));
    int[] classes = IntStream.range(0, 6).map(i -> i % 2).toArray();
    Map<String, Explainer> methods = methods();
    Map<String, Double> errors = new TreeMap<>();
    methods.forEach(
        (name, method) -> {
          if (bound(method, compiled) instanceof Propagation propagation) {
            boolean fromLogit = propagation.start() == Start.LOGIT;
            assertThat(propagation.composite().compiled(network, fromLogit)).as(name).isPresent();
            INDArray found = propagation.attribute(inputs, classes).castTo(DataType.DOUBLE);
            INDArray right = method.bind(slow).attribute(inputs.castTo(DataType.DOUBLE), classes);
            // Some shares divide by sums of both signs: float32 costs digits whoever computes it.
            double cost = error(layerByLayer(propagation, network, inputs, classes), right);
            errors.put(name, error(found, right) - 3 * cost);
          }
        });
    assertThat(errors).hasSizeGreaterThan(20);
    assertThat(errors).allSatisfy((name, error) -> assertThat(error).as(name).isLessThan(2e-6));
  }

  /** The gradient, by a rule that says that its layer is the sum of three thirds of it. */
  private record Thirds() implements CompilableRule {
    @Override
    public <V> List<V> messages(Arithmetic<V> site) {
      return site.gradient(site.message());
    }

    @Override
    public List<LinearLayer> summands(LayerChanges layers, boolean hasNegativeInput) {
      return IntStream.range(0, 3)
          .mapToObj(
              i ->
                  layers.changed(
                      "third " + i,
                      layer -> layer.with(layer.weights().div(3), layer.bias().div(3))))
          .toList();
    }
  }

  @Test
  void aForwardPassAddsUpAllThatARuleNames() {
    assumeTrue(OneDnn.isAvailable(), "There is nothing to compile to.");
    Network network = Networks.blocked().cast(DataType.FLOAT);
    Composite gradient = Composite.gradient();
    INDArray[] found =
        Stream.of(gradient, gradient.with(LayerKind.LINEAR, new Thirds()))
            .map(rules -> run(rules.compiled(network, true).orElseThrow(), network))
            .toArray(INDArray[]::new);
    assertThat(error(found[1], found[0])).isLessThan(2e-6);
  }

  /** Three times the gradient: once by the layer's own weights, twice by a copy's. */
  private record Copies(List<INDArray> made) implements CompilableRule {
    @Override
    public <V> List<V> messages(Arithmetic<V> site) {
      LinearLayer same = site.changed("same", layer -> layer.with(layer.weights()));
      LinearLayer twice = site.changed("twice", layer -> layer.with(layer.weights().mul(2)));
      made.add(twice.weights());
      return List.of(site.transpose(List.of(same, twice), List.of(site.message(), site.message())));
    }
  }

  @Test
  void whatAProgramHasCopiesOfIsFreedAndTheNetworksOwnIsNot() {
    assumeTrue(OneDnn.isAvailable(), "There is nothing to compile to.");
    Network network = Networks.blocked().cast(DataType.FLOAT);
    List<INDArray> made = new ArrayList<>();
    Composite gradient = Composite.gradient();
    Composite copies = gradient.with(LayerKind.LINEAR, new Copies(made));
    CompiledPropagation compiled = copies.compiled(network, true).orElseThrow();
    assertThat(made).hasSize(4);
    assertThat(made).filteredOn(INDArray::wasClosed).hasSizeGreaterThanOrEqualTo(3);
    assertThat(network.linearNodes())
        .noneMatch(node -> ((LinearLayer) node.layer()).weights().wasClosed());
    INDArray right = run(gradient.compiled(network, true).orElseThrow(), network);
    assertThat(error(run(compiled, network), right.mul(81))).isLessThan(2e-6);
  }

  private static INDArray run(CompiledPropagation compiled, Network network) {
    INDArray inputs = Networks.inputs(network, 6, 7).subi(0.25);
    return compiled.run(inputs, new int[] {0, 1, 2, 0, 1, 2});
  }

  private static Map<String, Explainer> methods() {
    Map<String, Explainer> methods = new TreeMap<>(Catalog.of(Explainer.class).providers());
    methods.remove("real-time-saliency"); // it is trained
    SETTINGS.forEach(method -> methods.put(method.toString(), method));
    return methods;
  }

  private static INDArray layerByLayer(
      Propagation method, Network network, INDArray inputs, int... classes) {
    try (Activations activations = network.forward(inputs)) {
      INDArray start = Propagation.start(activations.logits(), classes, method.start());
      INDArray message = method.composite().backward(network, activations, start);
      return (method.timesInput() ? message.mul(inputs) : message).castTo(DataType.DOUBLE);
    }
  }

  /** Null where a method does not apply to the network. */
  private static Object bound(Explainer method, Subject subject) {
    try {
      return method.bind(subject);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static double error(INDArray found, INDArray right) {
    double scale = right.norm2Number().doubleValue();
    return found.sub(right).norm2Number().doubleValue() / (scale == 0 ? 1 : scale);
  }
}

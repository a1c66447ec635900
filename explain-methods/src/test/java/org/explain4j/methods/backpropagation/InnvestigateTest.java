package org.explain4j.methods.backpropagation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.explain4j.api.Start.LOGIT;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.explain4j.api.Explainer;
import org.explain4j.methods.paths.IntegratedGradients;
import org.explain4j.methods.paths.Quadrature;
import org.explain4j.methods.paths.SmoothGrad;
import org.explain4j.methods.rules.Bias;
import org.explain4j.network.Activation;
import org.explain4j.network.AveragePool;
import org.explain4j.network.Convolution;
import org.explain4j.network.Flatten;
import org.explain4j.network.Layer;
import org.explain4j.network.MaxPool;
import org.explain4j.network.Network;
import org.explain4j.network.Window;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** iNNvestigate's results on single layers; its presets name a rule by kind of layer. */
class InnvestigateTest {
  private static final List<String> LINEAR = List.of("Dense", "Conv2D", "AveragePooling2D");
  private static final List<String> LAYERS =
      List.of("Dense", "Dense_relu", "Conv2D", "Conv2D_relu", "MaxPooling2D", "AveragePooling2D");

  static Stream<Arguments> rows() {
    LrpEpsilon presetDense = new LrpEpsilon(0.1, true, LOGIT);
    return Stream.of(
        row("Gradient", new Gradient()),
        row("SmoothGrad", new SmoothGrad()),
        row("InputTimesGradient", new GradientTimesInput()),
        row("IntegratedGradients", riemannLeft()),
        row("Deconvnet", new DeconvNet(LOGIT)),
        row("GuidedBackprop", new GuidedBackprop(LOGIT)),
        row("LRPZ", new LrpZero()),
        row("LRPZIgnoreBias", new LrpZero(false, LOGIT)),
        row("LRPEpsilon", new LrpEpsilon(1e-7, true, LOGIT)),
        row("LRPEpsilonIgnoreBias", new LrpEpsilon(1e-7, false, LOGIT)),
        row("LRPZPlus", new LrpZPlus()),
        row("LRPZPlusFast", new LrpZPlus()),
        row("LRPAlpha1Beta0", alphaBeta(1, Bias.WHOLE)),
        row("LRPAlpha1Beta0IgnoreBias", alphaBeta(1, Bias.IGNORED)),
        row("LRPAlpha2Beta1", alphaBeta(2, Bias.WHOLE)),
        row("LRPAlpha2Beta1IgnoreBias", alphaBeta(2, Bias.IGNORED)),
        row("LRPWSquare", new LrpWSquare()),
        row("LRPFlat", new LrpFlat()),
        row("LRPZ_Flat_input_layer_rule", new LrpFlat()),
        row("LRPZ_boxed_input_layer_rule", box(10)),
        row("DeepTaylor", deepTaylor(InputDomain.POSITIVE)),
        row("BoundedDeepTaylor", deepTaylor(InputDomain.BOX)),
        Arguments.of("LRPSequentialPresetA", alphaBeta(1, Bias.WHOLE), presetDense),
        Arguments.of("LRPSequentialPresetB", alphaBeta(2, Bias.WHOLE), presetDense),
        row("LRPSequentialPresetAFlat", new LrpEpsilonPlusFlat()),
        row("LRPSequentialPresetBFlat", new LrpEpsilonAlpha2Beta1Flat()));
  }

  private static Arguments row(String file, Explainer explainer) {
    return Arguments.of(file, explainer, explainer);
  }

  /** Dense layers work on the last axis there, which is a 1x1 convolution here. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void equalsInnvestigate(String file, Explainer convolution, Explainer dense) {
    Map<String, INDArray> arrays = Shared.npz("data/oracles/innvestigate/" + file + ".npz");
    INDArray inputs = arrays.get("input").permute(0, 3, 1, 2).dup('c');
    // where a layer has kinks, SmoothGrad's result depends on noise that was not stored
    for (String layer : file.equals("SmoothGrad") ? LINEAR : LAYERS) {
      Network network = network(layer, arrays);
      int[] classes = network.predict(inputs);
      Explainer explainer = layer.startsWith("Dense") ? dense : convolution;
      INDArray expected = arrays.get(layer + ".attribution").permute(0, 3, 1, 2);
      INDArray actual = explainer.bind(network).attribute(inputs, classes);
      assertThat(actual.sub(expected.castTo(actual.dataType())).amaxNumber().doubleValue())
          .as(layer)
          .isLessThan(1e-5);
    }
  }

  private static IntegratedGradients riemannLeft() {
    return new IntegratedGradients(64, Quadrature.RIEMANN_LEFT, List.of(0.0));
  }

  private static LrpAlphaBeta alphaBeta(double alpha, Bias bias) {
    return new LrpAlphaBeta(alpha, alpha - 1, bias, 0, LOGIT);
  }

  private static LrpZBox box(double bound) {
    return new LrpZBox(List.of(-bound), List.of(bound), 1e-7, new LrpZero(), LOGIT);
  }

  private static DeepTaylor deepTaylor(InputDomain domain) {
    return new DeepTaylor(
        domain, List.of(-128.0), List.of(128.0), Bias.WHOLE, PoolingShares.EQUAL, LOGIT);
  }

  private static Network network(String layer, Map<String, INDArray> arrays) {
    LinkedHashMap<String, Layer> layers = new LinkedHashMap<>();
    Window two = Window.square(2).stride(2);
    layers.put(
        "layer",
        switch (layer) {
          case "MaxPooling2D" -> new MaxPool(two);
          case "AveragePooling2D" -> new AveragePool(two);
          default -> convolution(layer, arrays);
        });
    if (layer.endsWith("_relu")) {
      layers.put("relu", Activation.RELU);
    }
    layers.put("flatten", new Flatten());
    return Network.chain(List.of(3L, 10L, 10L), layers);
  }

  private static Convolution convolution(String layer, Map<String, INDArray> arrays) {
    INDArray kernel = arrays.get(layer + ".weights.0").castTo(DataType.DOUBLE);
    INDArray weights =
        kernel.rank() == 2
            ? kernel.transpose().dup('c').reshape('c', 5, 3, 1, 1)
            : kernel.permute(3, 2, 0, 1).dup('c');
    INDArray bias = arrays.get(layer + ".weights.1").castTo(DataType.DOUBLE);
    return new Convolution(weights, bias, Window.square((int) weights.size(2)));
  }
}

package org.explain4j.methods.backpropagation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.explain4j.api.Catalog;
import org.explain4j.api.Explainer;
import org.explain4j.api.PatternSource;
import org.explain4j.api.Patterns;
import org.explain4j.api.Start;
import org.explain4j.api.Subject;
import org.explain4j.methods.estimators.Linear;
import org.explain4j.methods.paths.ExpectedGradients;
import org.explain4j.methods.paths.IntegratedGradients;
import org.explain4j.methods.paths.Quadrature;
import org.explain4j.methods.paths.SmoothGrad;
import org.explain4j.methods.paths.SmoothGradSquared;
import org.explain4j.methods.paths.VarGrad;
import org.explain4j.methods.perturbation.KernelShap;
import org.explain4j.methods.perturbation.Lime;
import org.explain4j.methods.perturbation.Occlusion;
import org.explain4j.methods.perturbation.Output;
import org.explain4j.methods.perturbation.PredictionDifference;
import org.explain4j.methods.perturbation.RealTimeSaliency;
import org.explain4j.methods.perturbation.Rise;
import org.explain4j.methods.perturbation.Segmentation;
import org.explain4j.network.Activation;
import org.explain4j.network.Convolution;
import org.explain4j.network.Dense;
import org.explain4j.network.Flatten;
import org.explain4j.network.Layer;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.MaxPool;
import org.explain4j.network.Network;
import org.explain4j.network.Window;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The identities between methods, and every method, on the paper's network at its full size: VGG-16
 * (Simonyan and Zisserman, configuration D) with random weights, 224x224, float32.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Vgg16Test {
  /**
   * With far fewer samples and larger squares and segments than their defaults, which take minutes
   * an image.
   */
  private static final List<Explainer> OF_MANY_PASSES =
      List.of(
          new SmoothGrad(new Gradient(), 2, 0.15, 1),
          new SmoothGradSquared(new Gradient(), 2, 0.15, 1),
          new VarGrad(new Gradient(), 2, 0.15, 1),
          new IntegratedGradients(2, Quadrature.RIEMANN_MIDDLE, List.of(0.0)),
          new ExpectedGradients(2, 1),
          new Occlusion(112, 112, List.of(0.0), Output.LOGIT),
          new Rise(8, 7, 0.5, List.of(0.0), Output.LOGIT, 1),
          new Lime(Segmentation.PATCHES, 75, 20, 0.25, 1, List.of(), Output.LOGIT, 1),
          new KernelShap(Segmentation.PATCHES, 75, 20, List.of(0.0), Output.LOGIT, 1),
          new PredictionDifference(16, 16, 0, 1, 1e-3, 1),
          new RealTimeSaliency(1, 2, 0.004, 16, 1e-3, 2, 5, 0.3, 1));

  private final SplittableRandom random = new SplittableRandom(1);
  private Network network;
  private INDArray image;
  private INDArray references;
  private int[] classes; // the predicted one: Grad-CAM shows nothing of most others

  @BeforeAll
  void build() {
    LinkedHashMap<String, Layer> layers = new LinkedHashMap<>();
    int in = 3;
    for (int block = 1; block <= 5; block++) {
      int out = Math.min(512, 32 << block);
      for (int i = 1; i <= (block < 3 ? 2 : 3); i++) {
        INDArray weights = normal(2.0 / (9 * in), out, in, 3, 3);
        Window window = Window.square(3).pad(1);
        INDArray bias = Nd4j.zeros(DataType.FLOAT, out);
        layers.put("conv" + block + "_" + i, new Convolution(weights, bias, window));
        layers.put("relu" + block + "_" + i, Activation.RELU);
        in = out;
      }
      layers.put("pool" + block, new MaxPool(Window.square(2).stride(2)));
    }
    layers.put("flatten", new Flatten());
    layers.put("fc6", dense(4096, 25_088));
    layers.put("relu6", Activation.RELU);
    layers.put("fc7", dense(4096, 4096));
    layers.put("relu7", Activation.RELU);
    layers.put("fc8", dense(1000, 4096));
    network = Network.chain(List.of(3L, 224L, 224L), layers);
    image = normal(1, 1, 3, 224, 224);
    references = normal(1, 4, 3, 224, 224);
    classes = network.predict(image);
  }

  @AfterAll
  void free() {
    for (var node : network.linearNodes()) {
      ((LinearLayer) node.layer()).weights().close();
    }
  }

  private Dense dense(int k, int d) {
    return new Dense(normal(2.0 / d, k, d), Nd4j.zeros(DataType.FLOAT, k));
  }

  private INDArray normal(double variance, long... shape) {
    INDArray array = Nd4j.createUninitialized(DataType.FLOAT, shape, 'c');
    FloatBuffer values = array.data().asNioFloat(); // the heap has no room for fc6
    for (int i = 0; i < array.length(); i++) {
      values.put(i, (float) (random.nextGaussian() * Math.sqrt(variance)));
    }
    return array;
  }

  private Subject subject(UnaryOperator<INDArray> pattern) {
    return Subject.of(
        network,
        (estimator, node) ->
            Patterns.linear(pattern.apply(((LinearLayer) node.layer()).weights())));
  }

  private INDArray attribution(Explainer explainer, Subject subject) {
    return explainer.bind(subject).attribute(image, classes);
  }

  private void assertSame(Explainer a, Explainer b, Subject subject) {
    INDArray expected = attribution(b, subject);
    assertThat(expected.norm2Number().doubleValue()).isPositive();
    assertThat(Shared.distance(attribution(a, subject), expected)).isLessThan(1e-4);
  }

  @Test
  void patternNetWithFiltersForPatternsIsTheGradient() {
    assertSame(
        new PatternNet(new Linear(), Start.ONE), new Gradient(), subject(weights -> weights.dup()));
  }

  @Test
  void patternAttributionWithOnesForPatternsIsTheGradient() {
    assertSame(
        new PatternAttribution(new Linear(), Start.ONE), new Gradient(), subject(Nd4j::onesLike));
  }

  @Test
  void lrpZeroIsGradientTimesInputAndConservesTheLogit() {
    Subject subject = Subject.of(network);
    assertSame(new LrpZero(), new GradientTimesInput(), subject);
    double logit = network.logits(image).getDouble(0, classes[0]);
    assertThat(attribution(new LrpZero(), subject).sumNumber().doubleValue())
        .isCloseTo(logit, within(1e-3 * Math.abs(logit)));
  }

  static Stream<Explainer> ofOnePass() {
    Set<String> others = OF_MANY_PASSES.stream().map(Explainer::id).collect(Collectors.toSet());
    return Catalog.of(Explainer.class).providers().values().stream()
        .filter(explainer -> !others.contains(explainer.id()));
  }

  static Stream<Explainer> everyExplainer() {
    return Stream.concat(ofOnePass(), OF_MANY_PASSES.stream());
  }

  @ParameterizedTest
  @MethodSource("everyExplainer")
  void everyExplainerExplainsIt(Explainer explainer) {
    PatternSource filters =
        (estimator, node) -> Patterns.linear(((LinearLayer) node.layer()).weights().dup());
    Subject subject = new Subject(network, filters, () -> references);
    INDArray attribution = attribution(explainer, subject);
    assertThat(attribution.shape()).isEqualTo(image.shape());
    assertThat(attribution.norm2Number().doubleValue()).isFinite().isPositive();
  }
}

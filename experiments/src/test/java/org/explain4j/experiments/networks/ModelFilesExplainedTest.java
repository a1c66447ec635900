package org.explain4j.experiments.networks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.explain4j.api.Attributor;
import org.explain4j.api.Catalog;
import org.explain4j.api.Explainer;
import org.explain4j.api.ModelReader;
import org.explain4j.api.Subject;
import org.explain4j.network.Network;
import org.explain4j.network.arrays.Batches;
import org.explain4j.network.moments.NetworkMoments;
import org.explain4j.network.moments.PatchSampling;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Networks from files, with residual sums, concatenations and groups, under every explainer. */
class ModelFilesExplainedTest {
  /**
   * Thousands of forward passes each, or training: too slow on 227 x 227 pixels to be run with the
   * tests.
   */
  private static final Set<String> PERTURBING =
      Set.of(
          "kernel-shap",
          "lime",
          "occlusion",
          "prediction-difference",
          "real-time-saliency",
          "rise",
          "expected-gradients");

  @ParameterizedTest
  @CsvSource({"resnet_tiny_bn", "mixed_ops", "mlp_tabular"})
  @Tag("slow")
  void everyExplainerExplainsOrSaysWhyNot(String net) throws IOException {
    explainAll("data/nets_synthetic/" + net, Set.of());
  }

  @Test
  @Tag("slow")
  void everyExplainerOfOnePassExplainsSqueezeNet() throws IOException {
    explainAll("data/nets/squeezenet_v1.1_imagenet", PERTURBING);
  }

  @ParameterizedTest
  @CsvSource({
    "data/nets_synthetic/resnet_tiny_bn",
    "data/nets_synthetic/mixed_ops",
    "data/nets/squeezenet_v1.1_imagenet"
  })
  void lrpZeroIsGradientTimesInput(String net) throws IOException {
    Network network = read(net);
    INDArray inputs = Batches.slice(Shared.npz(net + ".forward.npz").get("input"), 0, 2);
    int[] classes = network.predict(inputs);
    Catalog<Explainer> explainers = Catalog.of(Explainer.class);
    INDArray relevance = explainers.get("lrp-0").bind(network).attribute(inputs, classes);
    INDArray product = explainers.get("gradient-x-input").bind(network).attribute(inputs, classes);
    assertThat(Shared.distance(relevance, product)).isLessThan(1e-3);
  }

  private static void explainAll(String net, Set<String> without) throws IOException {
    Network network = read(net);
    INDArray all = Shared.npz(net + ".forward.npz").get("input");
    NetworkMoments moments =
        NetworkMoments.collect(network, Batches.of(all, 2), new PatchSampling(50, 1), false);
    Subject subject = new Subject(network, Subject.of(network, moments).patterns(), () -> all);
    INDArray inputs = Batches.slice(all, 0, 1);
    int[] classes = network.predict(inputs);
    Set<String> refused = new TreeSet<>();
    for (Explainer explainer : Catalog.of(Explainer.class).providers().values()) {
      boolean ours = explainer.getClass().getPackageName().startsWith("org.explain4j.methods");
      if (ours && !without.contains(explainer.id())) {
        explain(explainer, subject, inputs, classes, refused);
      }
    }
    List<String> ofImages =
        List.of(
            "centre-prior",
            "grad-cam",
            "guided-grad-cam",
            "occlusion",
            "prediction-difference",
            "real-time-saliency",
            "rise",
            "sobel");
    assertThat(refused)
        .isEqualTo(Set.copyOf(network.inputShape().size() == 1 ? ofImages : List.of()));
  }

  private static void explain(
      Explainer explainer, Subject subject, INDArray inputs, int[] classes, Set<String> refused) {
    INDArray attribution;
    try {
      Attributor attributor = explainer.bind(subject);
      attribution = attributor.attribute(inputs, classes);
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).as(explainer.id()).isNotBlank();
      refused.add(explainer.id());
      return;
    }
    assertThat(attribution.shape()).as(explainer.id()).isEqualTo(inputs.shape());
    assertThat(Arrays.stream(attribution.data().asDouble()))
        .as(explainer.id())
        .allMatch(Double::isFinite)
        .anyMatch(value -> value != 0);
  }

  private static Network read(String net) throws IOException {
    return Catalog.of(ModelReader.class).get("onnx").read(Shared.path(net + ".onnx")).network();
  }
}

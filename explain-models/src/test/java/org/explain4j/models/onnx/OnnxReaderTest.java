package org.explain4j.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.explain4j.api.Model;
import org.explain4j.network.LayerKind;
import org.explain4j.network.Node;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class OnnxReaderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nets/tinyvgg_tinyimagenet10",
        "nets/captum_cifar10_toynet",
        "nets/convnetjs_cifar10",
        "nets/kerasjs_mnist_cnn",
        "nets/simpnet_cifar10_300K_93.25",
        "nets/squeezenet_v1.1_imagenet",
        "nets_synthetic/resnet_tiny_bn",
        "nets_synthetic/mixed_ops",
        "nets_synthetic/mlp_tabular"
      })
  void logitsEqualThoseOfOtherEngines(String net) throws IOException {
    Path file = Shared.path("data/" + net + ".onnx");
    assertThat(new OnnxReader().accepts(file)).isTrue();
    Map<String, INDArray> forward = Shared.npz("data/" + net + ".forward.npz");
    INDArray expected = forward.get("logits");
    INDArray logits = new OnnxReader().read(file).network().logits(forward.get("input"));
    double largest = Math.max(1, expected.amaxNumber().doubleValue());
    assertThat(logits.sub(expected).amaxNumber().doubleValue())
        .isCloseTo(0, within(1e-4 * largest));
  }

  @Test
  void unsupportedNodesAreNamedWithTheirOperators() {
    Path file = Shared.path("data/nets_synthetic/lstm_unsupported.onnx");
    assertThatThrownBy(() -> new OnnxReader().read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("lstm_unsupported.onnx")
        .hasMessageContaining("(LSTM)")
        .hasMessageContaining("Supported operators: ");
  }

  @Test
  void batchNormalisationIsFoldedIntoTheConvolutionBeforeIt() throws IOException {
    Model model = new OnnxReader().read(Shared.path("data/nets_synthetic/resnet_tiny_bn.onnx"));
    assertThat(model.network().nodes())
        .extracting(node -> node.layer().kind())
        .doesNotContain(LayerKind.AFFINE)
        .contains(LayerKind.ADD);
    assertThat(model.notes()).hasSize(6).allMatch(note -> note.contains("was folded into"));
  }

  @Test
  void linearNodesAreNamedLikeTheModulesOfTheSource() throws IOException {
    Model model = new OnnxReader().read(Shared.path("data/nets/captum_cifar10_toynet.onnx"));
    assertThat(model.network().linearNodes())
        .extracting(Node::name)
        .containsExactly("conv1", "conv2", "fc1", "fc2", "fc3");
  }
}

package org.explain4j.models.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import org.explain4j.api.Model;
import org.explain4j.api.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

class KerasReaderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tinyvgg_tinyimagenet10",
        "captum_cifar10_toynet",
        "convnetjs_cifar10",
        "kerasjs_mnist_cnn",
        "simpnet_cifar10_300K_93.25"
      })
  void probabilitiesEqualThoseOfTheSource(String net) throws IOException {
    Path file = Shared.path("data/nets/" + net + ".h5");
    assertThat(new KerasReader().accepts(file)).isTrue();
    Model model = new KerasReader().read(file);
    var forward = Shared.npz("data/nets/" + net + ".forward.npz");
    INDArray expected = Transforms.softmax(forward.get("logits"), true);
    assertEqual(model.network().probabilities(forward.get("input")), expected);
  }

  @Test
  void networkOfTheGoldenFolderEqualsItsSource() throws IOException {
    Model model = new KerasReader().read(Shared.path("golden/keras/small_vgg.h5"));
    INDArray inputs = Shared.npy("golden/inputs");
    assertEqual(model.network().probabilities(inputs), Shared.npy("golden/softmax"));
  }

  private static void assertEqual(INDArray probabilities, INDArray expected) {
    assertThat(
            probabilities.sub(expected.castTo(probabilities.dataType())).amaxNumber().doubleValue())
        .isCloseTo(0, within(1e-5));
  }
}

package org.explain4j.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NamedPreprocessingTest {

  @Test
  void everyRowHasASourceAndFitsItself() throws IOException {
    List<String> lines;
    try (InputStream in = Preprocessing.class.getResourceAsStream("preprocessing.csv")) {
      lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).toList();
    }
    assertThat(lines).hasSize(Preprocessing.names().size());
    assertThat(lines).allMatch(line -> line.split(",", 6)[5].length() > 10);
    for (String name : Preprocessing.names()) {
      Preprocessing row = Preprocessing.named(name);
      assertThat(row.mean().size()).as(name).isIn(0, 1, 3);
      assertThat(row.deviation().size()).as(name).isIn(0, row.mean().size());
    }
  }

  @Test
  void vggAndResNetAreCaffesAndMobileNetGoesFromMinusOneToOne() {
    assertThat(Preprocessing.named("keras:vgg16")).isEqualTo(Preprocessing.caffe());
    assertThat(Preprocessing.named("keras:resnet50")).isEqualTo(Preprocessing.caffe());
    assertThat(Preprocessing.named("keras:densenet")).isEqualTo(Preprocessing.torch());
    assertThat(Preprocessing.named("keras:mobilenet_v2"))
        .isEqualTo(Preprocessing.named("imagenet-tf"));
    assertThatThrownBy(() -> Preprocessing.named("keras:vgg61"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Did you mean 'keras:vgg16'?")
        .hasMessageContaining("imagenet-torch");
  }

  @Test
  void theFormulaIsReadable() {
    assertThat(Preprocessing.none().text()).isEqualTo("none (pixels from 0 to 1)");
    assertThat(Preprocessing.caffe().text())
        .isEqualTo("imagenet-caffe: (255 * pixel - [103.939, 116.779, 123.68]), blue first");
    assertThat(Preprocessing.torch().text())
        .isEqualTo("imagenet-torch: (pixel - [0.485, 0.456, 0.406]) / [0.229, 0.224, 0.225]");
    assertThat(new Preprocessing(255, List.of(1.0), List.of(2.5), false).text())
        .isEqualTo("(255 * pixel - [1]) / [2.5]");
  }
}

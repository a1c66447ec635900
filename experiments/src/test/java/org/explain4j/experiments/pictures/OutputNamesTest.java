package org.explain4j.experiments.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OutputNamesTest {

  @Test
  void aFolderTakesThePicturesNames() {
    OutputNames names = new OutputNames(Path.of("out"));
    String first = names.of(Path.of("a/cat.jpg"));
    String second = names.of(Path.of("b/cat.png"));
    assertThat(names.overlay(true, true, first, "", "gradient"))
        .isEqualTo(Path.of("out/cat.gradient.png"));
    assertThat(names.overlay(false, false, second, "281", "gradient"))
        .isEqualTo(Path.of("out/cat-2.281.gradient.png"));
    assertThat(names.page()).isEqualTo(Path.of("out/index.html"));
  }

  @Test
  void aPictureHasTheNameThatWasAskedForAndTheOthersBeginWithIt() {
    OutputNames names = new OutputNames(Path.of("x/heat.png"));
    assertThat(names.overlay(true, true, "cat", "", "gradient")).isEqualTo(Path.of("x/heat.png"));
    assertThat(names.overlay(false, true, "cat", "", "gradient"))
        .isEqualTo(Path.of("x/heat.gradient.png"));
    assertThat(names.overlay(false, false, "cat", "", "gradient"))
        .isEqualTo(Path.of("x/heat.cat.gradient.png"));
    assertThat(names.page()).isEqualTo(Path.of("x/heat.html"));
  }

  @Test
  void hostileNamesStayInTheFolder() {
    OutputNames names = new OutputNames(Path.of("out"));
    String name = names.of(Path.of("<b>\u001b.jpg"));
    assertThat(names.overlay(false, true, name, "", "../x").getParent()).isEqualTo(Path.of("out"));
    assertThat(name).doesNotContain("<", "\u001b");
  }
}

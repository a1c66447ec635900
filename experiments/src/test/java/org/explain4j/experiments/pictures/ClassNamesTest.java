package org.explain4j.experiments.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.explain4j.api.ImageNet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassNamesTest {
  private final ClassNames names =
      new ClassNames(
          List.of("tiger, Panthera tigris", "tiger cat", "tiger shark", "crane", "crane"));

  @ParameterizedTest
  @CsvSource({"2, 2", "tiger, 0", "TIGER CAT, 1", "shark, 2", "panthera tigris, 0"})
  void aClassIsFoundByNumberNameWordOrPart(String wanted, int index) {
    assertThat(names.index(wanted, 5)).isEqualTo(index);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5 | there is no class 5: the network has 5 outputs, 0 to 4",
        "crane | 'crane' may be 3 (crane), or 4 (crane)",
        "tigr shark | Did you mean 'tiger shark'?",
      })
  void anythingElseIsRefusedWithAdvice(String wanted, String said) {
    assertThatThrownBy(() -> names.index(wanted, 5)).hasMessageContaining(said);
  }

  @Test
  void classesWithoutNamesHaveNumbers() {
    ClassNames none = new ClassNames(List.of());
    assertThat(none.of(7)).isEqualTo("class 7");
    assertThat(none.index("7", 10)).isEqualTo(7);
    assertThatThrownBy(() -> none.index("tiger", 10)).hasMessageContaining("--classes FILE");
  }

  @Test
  void aFileHasOneClassPerLine(@TempDir Path dir) throws IOException {
    Path file =
        Files.writeString(dir.resolve("c.txt"), "ant\n\n n01440764 tench, Tinca\nn01443537\n");
    assertThat(ClassNames.read(file.toString()).names())
        .containsExactly("ant", "tench, Tinca", ImageNet.nameOf("n01443537"));
    assertThat(ClassNames.read("imagenet").names()).hasSize(1000);
    assertThatThrownBy(() -> ClassNames.read(dir.resolve("no.txt").toString()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("one class per line");
  }
}

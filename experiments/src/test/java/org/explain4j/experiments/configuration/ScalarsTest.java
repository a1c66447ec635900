package org.explain4j.experiments.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

final class ScalarsTest {

  private static Object read(Class<?> type, String yaml) {
    return new Scalars(Path.of("")).read(type, (ScalarNode) YamlTree.parse(yaml, "x.yaml"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"20", "+20", "\"20\"", "'20'"})
  void wholeNumbersAreReadAsTheyAreMeant(String yaml) {
    assertThat(read(int.class, yaml)).isEqualTo(20);
    assertThat(read(long.class, yaml)).isEqualTo(20L);
    assertThat(read(double.class, yaml)).isEqualTo(20.0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.5", ".5", "+.5", "5e-1", "\"0.5\"", "50.E-2"})
  void numbersAreReadAsTheyAreMeant(String yaml) {
    assertThat(read(double.class, yaml)).isEqualTo(0.5);
    assertThat(read(float.class, yaml)).isEqualTo(0.5f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "True", "TRUE"})
  void switchesAreReadAsTheyAreMeant(String yaml) {
    assertThat(read(boolean.class, yaml)).isEqualTo(true);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "4.0| expected a whole number, found '4.0'",
        "1e3| expected a whole number, found '1e3'",
        "0x10| expected a whole number, found '0x10'",
        "1_000| expected a whole number, found '1_000'",
        "99999999999| '99999999999' is too large"
      })
  void whatIsNoWholeNumberIsRefused(String yaml, String said) {
    assertThatThrownBy(() -> read(int.class, yaml)).hasMessageContaining(said);
  }

  @ParameterizedTest
  @ValueSource(strings = {".inf", ".nan", "NaN", "1d", "0x1p3", "half", "1,5"})
  void whatIsNoNumberIsRefused(String yaml) {
    assertThatThrownBy(() -> read(double.class, yaml))
        .hasMessageContaining("expected a number, found '" + yaml + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "on", "1"})
  void whatIsNoSwitchIsRefused(String yaml) {
    assertThatThrownBy(() -> read(boolean.class, yaml))
        .hasMessageContaining("expected true or false, found '" + yaml + "'");
  }
}

package org.explain4j.experiments.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.explain4j.api.Catalog;
import org.explain4j.api.Extension;
import org.junit.jupiter.api.Test;

final class ChoicesTest {

  @Test
  void wordsOfEnumsAndSwitchesAndKnownNamesAreChoices() {
    assertThat(Choices.of(Experiment.class))
        .containsEntry("explain.target-class", "predicted | true | the index of a class")
        .containsEntry("splits.patches-per-image", "all | a number")
        .containsEntry("signal-quality.targets", "pre | post")
        .doesNotContainKey("seed");
    Extensions extensions = Extensions.of(ChoicesTest.class.getClassLoader());
    assertThat(choices(extensions, "two-component"))
        .containsEntry("logits", "linear | positive")
        .containsEntry("fit-on", "pre | post");
    assertThat(choices(extensions, "file").get("preprocessing"))
        .startsWith("imagenet-torch | imagenet-caffe | ")
        .contains("keras:vgg16")
        .endsWith("{scale: 1, mean: [], deviation: [], bgr: false}");
  }

  private static Map<String, String> choices(Extensions extensions, String id) {
    return extensions.byType().values().stream()
        .filter(catalog -> catalog.ids().contains(id))
        .findFirst()
        .map(catalog -> Choices.of(catalog.get(id).getClass()))
        .orElseThrow();
  }

  /** To write it anew, paste what is expected. */
  @Test
  void theGuideListsAllOfThem() throws IOException {
    Path guide = Path.of(System.getProperty("explain4j.root", ".."), "docs", "settings.md");
    assertThat(Files.readAllLines(guide).stream().filter(line -> line.startsWith("- ")))
        .containsExactlyElementsOf(lines());
  }

  /** A line for each setting, those of experiment files first. */
  static List<String> lines() {
    List<String> lines = new ArrayList<>();
    add("experiment", Experiment.class, lines);
    Extensions extensions = Extensions.of(ChoicesTest.class.getClassLoader());
    for (Catalog<?> catalog : extensions.byType().values()) {
      for (Extension extension : catalog.providers().values()) {
        if (!extension.getClass().getPackageName().startsWith("org.explain4j.experiments")) {
          add(extension.id(), extension.getClass(), lines);
        }
      }
    }
    return lines;
  }

  private static void add(String id, Class<?> type, List<String> lines) {
    Choices.of(type)
        .forEach((setting, words) -> lines.add("- `%s`, `%s:` %s".formatted(id, setting, words)));
  }
}

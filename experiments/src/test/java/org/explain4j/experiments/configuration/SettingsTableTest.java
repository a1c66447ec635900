package org.explain4j.experiments.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.explain4j.api.Catalog;
import org.explain4j.api.Extension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsTableTest {
  private static final Extensions EXTENSIONS =
      Extensions.of(SettingsTableTest.class.getClassLoader());

  private static Map<String, Setting> table(Record record) {
    return SettingsTable.of(record, EXTENSIONS).stream()
        .collect(Collectors.toMap(Setting::key, Function.identity()));
  }

  private static Map<String, Setting> table(String id) {
    return EXTENSIONS.byType().values().stream()
        .filter(catalog -> catalog.ids().contains(id))
        .findFirst()
        .map(catalog -> table((Record) catalog.get(id)))
        .orElseThrow();
  }

  @Test
  void wordsOfEnumsAndSwitchesAndKnownNamesAreValues() {
    Map<String, Setting> experiment = table(new Experiment());
    assertThat(experiment.get("explain.target-class").values())
        .isEqualTo("predicted | true | the index of a class");
    assertThat(experiment.get("splits.patches-per-image").values()).isEqualTo("all | a number");
    assertThat(experiment.get("signal-quality.targets").values()).isEqualTo("list of: pre | post");
    assertThat(experiment.get("seed").values()).isEqualTo("whole number");
    assertThat(experiment.get("explainers").values()).isEqualTo("list of: an explainer");
    assertThat(table("two-component").get("logits").values()).isEqualTo("linear | positive");
    assertThat(table("file").get("preprocessing").values())
        .startsWith("imagenet-torch | imagenet-caffe | ")
        .contains("keras:vgg16")
        .endsWith("{scale: 1, mean: [], deviation: [], bgr: false}");
  }

  @Test
  void defaultsAreThoseOfTheRecord() {
    Map<String, Setting> experiment = table(new Experiment());
    assertThat(experiment.get("splits.a").standard()).isEqualTo("8000");
    assertThat(experiment.get("checkpoint").standard()).isEqualTo("5m");
    assertThat(experiment.get("signal-quality.patches-per-image").standard()).isEqualTo("20");
    assertThat(experiment.get("memory").isSet()).isFalse();
    assertThat(table("lime").get("samples").standard()).isEqualTo("1000");
    assertThat(table("npy").get("inputs").standard()).isEqualTo("''");
    assertThat(table("pattern-net").get("estimator").standard()).startsWith("{two-component: {");
  }

  @Test
  void meaningsAreTheJavadoc() {
    assertThat(table(new Experiment()).get("batch").meaning())
        .isEqualTo("examples that go through the network at a time, which bounds memory");
    assertThat(table("occlusion").get("output").meaning()).contains("`logit`: ");
  }

  @Test
  void everySettingThatIsShippedHasAMeaning() {
    assertThat(SettingsTable.of(new Experiment(), EXTENSIONS))
        .allSatisfy(setting -> assertThat(setting.meaning()).as(setting.key()).isNotEmpty());
    for (Catalog<?> catalog : EXTENSIONS.byType().values()) {
      for (Extension extension : catalog.providers().values()) {
        if (!extension.getClass().getName().startsWith("org.explain4j.experiments.")) {
          assertThat(SettingsTable.of((Record) extension, EXTENSIONS))
              .as(extension.id())
              .allSatisfy(s -> assertThat(s.meaning()).as(s.key()).isNotEmpty());
        }
      }
    }
  }

  /** A setting of a plug-in, whose jar was compiled with the processor. */
  record Alien(int tentacles) {
    Alien() {
      this(8);
    }
  }

  @Test
  void meaningsOfPlugInsComeFromTheirJars(@TempDir Path folder) throws Exception {
    Path jar = folder.resolve("alien.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      out.putNextEntry(new ZipEntry("META-INF/explain4j/settings.tsv"));
      String line = Alien.class.getName() + "#tentacles\tfrom a plug-in\n";
      out.write(line.getBytes(StandardCharsets.UTF_8));
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader plugins = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before)) {
      thread.setContextClassLoader(plugins);
      Meanings meanings = Meanings.of(plugins);
      assertThat(meanings.of(Alien.class.getRecordComponents()[0])).isEqualTo("from a plug-in");
      assertThat(meanings.of(Experiment.class)).as("others").isNotEmpty();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void aRecordThatWasCompiledWithoutTheProcessorHasNoMeanings() {
    Meanings none = new Meanings(Map.of());
    assertThat(none.of(Alien.class)).isEmpty();
    assertThat(List.of(Alien.class.getRecordComponents()).stream().map(none::of))
        .containsExactly("");
  }
}

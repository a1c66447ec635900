package org.explain4j.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders and jars in which plug-ins are not found. */
final class PluginFoldersTest {
  @TempDir private Path folder;

  private Path jar(String name, Map<String, byte[]> entries) throws IOException {
    return Jars.pack(Files.createDirectories(folder.resolve("plugins")).resolve(name), entries);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aFolderThatDoesNotExistIsRefusedIfItWasNamed() {
    Command list = Command.here("list", "--plugins", folder.resolve("nowhere").toString());
    assertThat(list.exitCode()).isEqualTo(Main.CONFIGURATION);
    assertThat(list.errors()).contains("--plugins: there is no folder", "nowhere");
    assertThat(Command.here("list", "explainers").exitCode()).isZero();
  }

  @Test
  void aJarWithoutAServiceFileIsNamedWithAClassOfItsOwn() throws Exception {
    jar("silent.jar", Map.of("com/example/Mine.class", bytes("...org/explain4j/api/Explainer...")));
    jar("library.jar", Map.of("com/example/Other.class", bytes("...java/lang/Object...")));
    Command list = Command.run(folder, "list");
    assertThat(list.exitCode()).isZero();
    assertThat(list.output()).contains("gradient");
    assertThat(list.errors())
        .contains("silent.jar declares no extension", "com.example.Mine", "META-INF/services")
        .doesNotContain("library.jar");
  }

  @Test
  void aServiceFileThatIsDamagedDisablesItselfOnly() throws Exception {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put(
        "META-INF/services/org.explain4j.api.Explainer", bytes("com.example.A\n".repeat(9)));
    entries.put("META-INF/services/org.explain4j.api.Metric", bytes("com.example.Nowhere"));
    Path jar = jar("damaged.jar", entries);
    byte[] all = Files.readAllBytes(jar);
    int data = 30 + "META-INF/services/org.explain4j.api.Explainer".length();
    for (int i = 0; i < 8; i++) {
      all[data + i] ^= (byte) 0xff;
    }
    Files.write(jar, all);
    Command list = Command.run(folder, "list");
    assertThat(list.exitCode()).as(list.errors()).isZero();
    assertThat(list.output()).contains("gradient", "degradation");
    assertThat(list.errors())
        .contains("damaged.jar: META-INF/services/org.explain4j.api.Explainer cannot be read: ")
        .contains("damaged.jar: com.example.Nowhere was left out: ClassNotFoundException")
        .doesNotContain("\tat ");
  }
}

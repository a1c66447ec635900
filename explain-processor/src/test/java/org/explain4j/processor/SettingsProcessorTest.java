package org.explain4j.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsProcessorTest {
  private static final String SOURCE =
      """
      package com.example;

      /**
       * Two {@link java.util.List#of(Object) lists}, <b>bold</b>
       * and a &lt; b.
       *
       * <p>More.
       *
       * @param samples number of {@code {a: 1}}, at
       *     least 1
       * @param how of {@link How}
       * @throws IllegalArgumentException if not
       */
      public record Lime(int samples, How how, int silent) {
        public Lime() {
          this(1, How.ONE, 2);
        }

        /** How it is done. */
        public enum How {
          /** One by one. */
          ONE,
          OTHER
        }

        /** Read from a word. */
        record Span(long seconds) {
          static Span parse(String text) {
            return new Span(1);
          }
        }

        /** Without defaults. */
        record Row(int number) {}
      }
      """;

  @TempDir private Path folder;

  private List<String> lines(String source) throws IOException {
    Path file = Files.writeString(folder.resolve("Lime.java"), source);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavaCompiler.CompilationTask task =
          compiler.getTask(
              said,
              files,
              null,
              List.of("-d", folder.toString()),
              null,
              files.getJavaFileObjects(file));
      task.setProcessors(List.of(new SettingsProcessor()));
      assertThat(task.call()).as(said.toString()).isTrue();
    }
    Path resource = folder.resolve(SettingsProcessor.RESOURCE);
    return Files.exists(resource) ? Files.readAllLines(resource) : List.of();
  }

  @Test
  void settingsAreWhatHasDefaultsOrIsReadFromAWord() throws IOException {
    assertThat(lines(SOURCE))
        .containsExactly(
            "com.example.Lime\tTwo lists, bold and a < b. More.",
            "com.example.Lime#how\tof How",
            "com.example.Lime#samples\tnumber of `{a: 1}`, at least 1",
            "com.example.Lime$How#ONE\tOne by one.",
            "com.example.Lime$Span\tRead from a word.");
  }

  @Test
  void nothingIsWrittenWhereThereAreNoSettings() throws IOException {
    assertThat(lines("package com.example; class Lime {}")).isEmpty();
  }
}

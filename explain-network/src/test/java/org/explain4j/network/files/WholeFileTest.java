package org.explain4j.network.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WholeFileTest {
  @TempDir Path folder;

  @Test
  void createsFoldersAndReplacesWhatWasThere() throws IOException {
    Path file = folder.resolve("a").resolve("b.txt");
    WholeFile.write(file, "a long text");
    WholeFile.write(file, "short");
    assertThat(file).hasContent("short");
    assertThat(file.getParent()).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void theOldFileStaysWhereTheNewOneFails() throws IOException {
    Path file = folder.resolve("a.txt");
    WholeFile.write(file, "old");
    assertThatThrownBy(
            () ->
                WholeFile.write(
                    file,
                    out -> {
                      out.write(new byte[1 << 20]);
                      assertThat(file).hasContent("old");
                      throw new IOException("no more");
                    }))
        .hasMessage("no more");
    assertThat(file).hasContent("old");
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void writersOfOneFileDoNotMixTheirTexts() throws Exception {
    Path file = folder.resolve("a.txt");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Boolean>> writers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        String text = String.valueOf((char) ('a' + i % 4)).repeat(1 << 17);
        writers.add(
            () -> {
              WholeFile.write(file, text);
              return Files.readString(file).chars().distinct().count() == 1
                  && Files.size(file) == 1 << 17;
            });
      }
      for (Future<Boolean> whole : threads.invokeAll(writers)) {
        assertThat(whole.get()).isTrue();
      }
    } finally {
      threads.shutdown();
    }
  }
}

package org.explain4j.network.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReasonTest {

  @Test
  void exceptionsForProgrammersSayWhatTheyMean() {
    assertThat(Reason.of(new EOFException())).isEqualTo("it ends too early");
    assertThat(Reason.of(new NullPointerException("\"x\" is null")))
        .isEqualTo("a value is missing");
    assertThat(Reason.of(new ArrayIndexOutOfBoundsException(7)))
        .isEqualTo("a number in it is out of range");
    assertThat(Reason.of(new StackOverflowError())).isEqualTo("it nests too deeply");
  }

  @Test
  void messagesForUsersStay() {
    assertThat(Reason.of(new IOException("The tensor 'a' is empty.")))
        .isEqualTo("The tensor 'a' is empty.");
    assertThat(Reason.of(new IllegalStateException())).isEqualTo("IllegalStateException");
  }

  @Test
  void theFileSystemsExceptionsNameTheFileAndTheReason(@TempDir Path folder) {
    assertThat(Reason.of(new NoSuchFileException("a/b"))).isEqualTo("a/b: there is no such file");
    assertThat(Reason.of(new AccessDeniedException("a/b"))).isEqualTo("a/b: permission denied");
    assertThat(Reason.of(new FileSystemException("a/b", null, "No space left on device")))
        .startsWith("a/b: the disk is full\nMaybe free some space");
    assertThat(Reason.of(new UncheckedIOException(new NoSuchFileException("a/b"))))
        .isEqualTo("a/b: there is no such file");
    List<String> reasons = List.of(reason(folder.resolve("none/x")), reason(folder));
    assertThat(reasons).noneMatch(reason -> reason.contains("null") || reason.contains("java"));
  }

  private static String reason(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return Reason.of(e);
    }
  }
}

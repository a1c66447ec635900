package org.explain4j.network.files;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RealFileTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "'', is empty, again",
    "'version https://git-lfs.github.com/spec/v1\noid sha256:4d\nsize 12345', Git LFS, git lfs pull",
    "'\n<!DOCTYPE html><html>', web page, raw file",
    "'<html lang=\"en\">', web page, raw file"
  })
  void whatLiesThereInsteadIsNamed(String content, String is, String todo) throws IOException {
    Path file = Files.writeString(folder.resolve("model.onnx"), content);
    assertThatThrownBy(() -> RealFile.require(file))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("model.onnx", is, todo);
  }

  @Test
  void otherFilesAndFoldersAreNone() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "version 2");
    assertThatCode(() -> RealFile.require(file)).doesNotThrowAnyException();
    assertThatCode(() -> RealFile.require(folder)).doesNotThrowAnyException();
  }
}

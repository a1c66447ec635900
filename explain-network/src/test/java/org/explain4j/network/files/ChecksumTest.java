package org.explain4j.network.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChecksumTest {
  /** NIST, FIPS 180-2, appendix B.1. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir Path folder;

  @Test
  void agreesWithThePublishedExample() throws IOException {
    byte[] abc = "abc".getBytes(StandardCharsets.US_ASCII);
    Path file = Files.write(folder.resolve("abc"), abc);
    assertThat(Checksum.sha256().bytes(abc).hex()).isEqualTo(ABC);
    assertThat(Checksum.sha256().file(file).hex()).isEqualTo(ABC);
    assertThat(Checksum.sha256().bytes(abc[0]).bytes(abc[1], abc[2]).hex()).isEqualTo(ABC);
    assertThat(Checksum.of("MD5").file(file).hex()).isEqualTo("900150983cd24fb0d6963f7d28e17f72");
  }

  @Test
  void whereOneItemEndsAndTheNextBeginsCounts() {
    assertThat(Checksum.sha256().item("ab").item("c").hex())
        .isNotEqualTo(Checksum.sha256().item("a").item("bc").hex())
        .isEqualTo(Checksum.sha256().bytes("2:ab1:c".getBytes(StandardCharsets.US_ASCII)).hex());
  }

  @Test
  void startsAnewAfterItsDigits() {
    Checksum sum = Checksum.sha256().item("a");
    String first = sum.hex();
    assertThat(sum.item("a").hex()).isEqualTo(first);
  }

  @Test
  void missingFilesAndUnknownAlgorithmsAreErrors() {
    assertThatThrownBy(() -> Checksum.sha256().file(folder.resolve("missing")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("missing");
    assertThatThrownBy(() -> Checksum.of("CRC-1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'CRC-1'");
  }
}

package org.explain4j.network.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A cryptographic checksum in the making: of a file with {@code
 * Checksum.sha256().file(path).hex()}, of several things in order with one call each. Not for more
 * than one thread at a time.
 */
public final class Checksum {
  private final MessageDigest digest;

  private Checksum(String algorithm) {
    try {
      digest = MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalArgumentException("There is no checksum called '" + algorithm + "'.", e);
    }
  }

  /** Starts a SHA-256, the project's checksum. */
  public static Checksum sha256() {
    return new Checksum("SHA-256");
  }

  /**
   * Starts a checksum that somebody else chose.
   *
   * @param algorithm its Java name, such as {@code MD5}; every Java platform has MD5 and SHA-256
   * @throws IllegalArgumentException if this platform does not have it
   */
  public static Checksum of(String algorithm) {
    return new Checksum(algorithm);
  }

  /** Adds bytes as they are. */
  public Checksum bytes(byte... bytes) {
    digest.update(bytes);
    return this;
  }

  /**
   * Adds a file's content, of any size, as it is.
   *
   * @throws IOException if it cannot be read
   */
  public Checksum file(Path file) throws IOException {
    Files.copy(file, new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    return this;
  }

  /** Adds bytes and before them their number, so that "ab", "c" differs from "a", "bc". */
  public Checksum item(byte... bytes) {
    return bytes((bytes.length + ":").getBytes(StandardCharsets.UTF_8)).bytes(bytes);
  }

  /** Adds a text as UTF-8, and before it the number of its bytes. */
  public Checksum item(String text) {
    return item(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Lower-case hexadecimal digits of all that was added, 64 for SHA-256; starts anew. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}

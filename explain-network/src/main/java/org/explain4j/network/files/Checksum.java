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
 * Computes a cryptographic checksum: of a file by {@code Checksum.sha256().file(path).hex()}, of
 * several things in order by one call each. Not for use by several threads at a time.
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
   * Starts a checksum with an algorithm that others chose.
   *
   * @param algorithm its Java name, such as {@code MD5}; every Java platform has MD5 and SHA-256
   * @throws IllegalArgumentException if this platform does not have it
   */
  public static Checksum of(String algorithm) {
    return new Checksum(algorithm);
  }

  /** Adds bytes. */
  public Checksum bytes(byte... bytes) {
    digest.update(bytes);
    return this;
  }

  /**
   * Adds a file's content, of any size.
   *
   * @throws IOException if it cannot be read
   */
  public Checksum file(Path file) throws IOException {
    Files.copy(file, new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    return this;
  }

  /** Adds the number of bytes and then the bytes, so "ab", "c" differs from "a", "bc". */
  public Checksum item(byte... bytes) {
    return bytes((bytes.length + ":").getBytes(StandardCharsets.UTF_8)).bytes(bytes);
  }

  /** Adds a text as UTF-8, preceded by the number of its bytes. */
  public Checksum item(String text) {
    return item(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The checksum of everything added so far, as lower-case hexadecimal digits (64 for SHA-256);
   * then starts over.
   */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}

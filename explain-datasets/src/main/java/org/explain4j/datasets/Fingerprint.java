package org.explain4j.datasets;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Builds the SHA-256 that says whether two runs saw the same data. */
public final class Fingerprint {
  private final MessageDigest digest;

  public Fingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  /** Adds a text; its length goes in as well, so that "ab", "c" differs from "a", "bc". */
  public Fingerprint add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds bytes and their number. */
  public Fingerprint add(byte[] bytes) {
    digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
    return this;
  }

  /** Adds shape, pixels and classes. */
  public Fingerprint add(ByteImages images) {
    return add(images.shape().toString()).add(images.pixels()).add(images.classes());
  }

  /** The sum of all that was added, 64 hexadecimal digits; starts anew. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}

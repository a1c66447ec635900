package org.explain4j.experiments.results;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** SHA-256 in hexadecimal. */
public final class CellHash {
  private static final Map<Path, String> CODE = new ConcurrentHashMap<>();

  private CellHash() {}

  /** Of several texts in order; where one ends and the next begins counts. */
  public static String of(Object... parts) {
    MessageDigest digest = digest();
    for (Object part : parts) {
      byte[] bytes = String.valueOf(part).getBytes(StandardCharsets.UTF_8);
      digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Of positions in a dataset. */
  public static String of(int... indices) {
    MessageDigest digest = digest();
    for (int index : indices) {
      digest.update((index + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Of the jar or folder that a class comes from, so that results of changed code are not taken
   * over.
   */
  public static String ofCode(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null) {
      return type.getName();
    }
    try {
      return CODE.computeIfAbsent(Path.of(source.getLocation().toURI()), CellHash::ofFiles);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String ofFiles(Path root) {
    MessageDigest digest = digest();
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> sorted = files.filter(Files::isRegularFile).sorted().toList();
      for (Path file : sorted) {
        digest.update(root.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
        digest.update(Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

package org.explain4j.experiments.results;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.explain4j.network.files.Checksum;

/** What a cell's result depends on, as one SHA-256. */
public final class CellHash {
  private static final Map<Path, String> CODE = new ConcurrentHashMap<>();

  private CellHash() {}

  /** The hash of several texts in order; where one ends and the next begins matters. */
  public static String of(Object... parts) {
    Checksum sum = Checksum.sha256();
    for (Object part : parts) {
      sum.item(String.valueOf(part));
    }
    return sum.hex();
  }

  /** The hash of positions in a dataset. */
  public static String of(int... indices) {
    Checksum sum = Checksum.sha256();
    for (int index : indices) {
      sum.bytes((index + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return sum.hex();
  }

  /**
   * The hash of the jar or folder that a class comes from, so results of changed code are not
   * reused.
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
    Checksum sum = Checksum.sha256();
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> sorted = files.filter(Files::isRegularFile).sorted().toList();
      for (Path file : sorted) {
        sum.bytes(root.relativize(file).toString().getBytes(StandardCharsets.UTF_8)).file(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sum.hex();
  }
}

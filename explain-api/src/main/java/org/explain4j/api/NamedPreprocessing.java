package org.explain4j.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The rows of {@code preprocessing.csv}: the preprocessing of published networks, by name. */
final class NamedPreprocessing {
  private static final String RESOURCE = "preprocessing.csv";
  private static final Map<String, Preprocessing> ROWS = read();

  private NamedPreprocessing() {}

  static Map<String, Preprocessing> rows() {
    return ROWS;
  }

  private static Map<String, Preprocessing> read() {
    Map<String, Preprocessing> rows = new LinkedHashMap<>();
    try (InputStream in = NamedPreprocessing.class.getResourceAsStream(RESOURCE)) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(line -> line.split(",", 6))
          .forEach(cells -> rows.put(cells[0], row(cells)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Collections.unmodifiableMap(rows);
  }

  private static Preprocessing row(String[] cells) {
    return new Preprocessing(
        Double.parseDouble(cells[1]),
        numbers(cells[2]),
        numbers(cells[3]),
        Boolean.parseBoolean(cells[4]));
  }

  private static List<Double> numbers(String cell) {
    return cell.isEmpty() ? List.of() : Stream.of(cell.split(" ")).map(Double::valueOf).toList();
  }
}

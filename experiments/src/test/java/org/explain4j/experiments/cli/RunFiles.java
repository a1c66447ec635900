package org.explain4j.experiments.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.explain4j.network.files.Checksum;

/** The files of a run directory, to compare it with another one that only took other times. */
final class RunFiles {
  private static final String TIME = "\\d+\\.\\d+(E-\\d+)?";

  private RunFiles() {}

  /** Every file but the lock and the report, with its content; times are cut out. */
  static Map<String, String> of(Path run) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = run.relativize(file).toString().replace('\\', '/');
        if (!name.matches("report/.*|stages/.lock|stages/session.json|environment.json")) {
          contents.put(name, content(name, file));
        }
      }
    }
    return contents;
  }

  private static String content(String name, Path file) throws IOException {
    if (name.equals("explainers.csv")) {
      return Files.readString(file).replaceAll(TIME + "," + TIME, ",,");
    }
    if (name.equals("signal-quality.csv")) {
      return withoutSeconds(Files.readString(file));
    }
    if (name.startsWith("stages/") || name.equals("timings.csv")) {
      return ""; // the tables have a cell's rows, and it has times of its own
    }
    return Checksum.sha256().file(file).hex(); // a text of all bytes would fill the heap
  }

  /** A table without its column of seconds. */
  private static String withoutSeconds(String table) {
    String[] lines = table.split("\n", -1);
    int column = List.of(lines[0].split(",", -1)).indexOf("seconds");
    StringBuilder without = new StringBuilder();
    for (String line : lines) {
      String[] fields = line.split(",", -1);
      if (column >= 0 && column < fields.length) {
        fields[column] = "";
      }
      without.append(String.join(",", fields)).append('\n');
    }
    return without.toString();
  }
}

package org.explain4j.experiments.results;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.explain4j.network.files.FileSum;
import org.explain4j.reports.runs.RunTable;

/**
 * The files that say when work was done. They cannot be made again from finished cells, so their
 * checksums are kept, as those of a cell's files.
 */
final class SessionFiles {
  static final String FILE = "stages/session.json";

  private static final String HASH = "session";
  private static final List<String> FILES = List.of(Environment.FILE, RunTable.TIMINGS.file());

  private SessionFiles() {}

  /** Notes one of the files, which was just written; what was noted of the other stands. */
  static void seal(RunOutput output, String name) {
    Map<String, FileSum> sums = new LinkedHashMap<>(FinishedCell.filesOf(output, FILE));
    Path file = output.root().resolve(name);
    try {
      if (output.has(name)) {
        sums.put(name, FileSum.of(file));
      }
    } catch (IOException e) {
      throw RunOutput.failure("Cannot read", file, e);
    }
    new FinishedCell(HASH, 0, Map.of(), Map.of(), sums).write(output, FILE);
  }

  /** Whether the files are there, as they were when they were noted. */
  static boolean isWhole(RunOutput output) {
    return FinishedCell.find(output, FILE, HASH)
        .cell()
        .filter(noted -> noted.files().keySet().containsAll(FILES))
        .isPresent();
  }

  /** Whether a file has changed since it was noted. */
  static boolean isDamaged(RunOutput output, String file) {
    return FinishedCell.find(output, FILE, HASH).damage().stream()
        .anyMatch(damage -> damage.startsWith(file));
  }
}

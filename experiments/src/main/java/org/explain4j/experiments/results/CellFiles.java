package org.explain4j.experiments.results;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.explain4j.network.files.WholeFile;

/** The files of finished cells, on their way from one run directory to another. */
public final class CellFiles {
  private CellFiles() {}

  /**
   * What a cell has written, by names relative to the run directory; none if it is not finished.
   * The record that makes it a finished one comes last: copied in this order, a cell is either
   * finished or not there.
   */
  public static List<String> of(Path run, CellName cell) {
    RunOutput output = RunOutput.reading(run);
    if (!output.has(cell.file())) {
      return List.of();
    }
    List<String> files = new ArrayList<>(FinishedCell.filesOf(output, cell.file()).keySet());
    files.add(cell.file());
    return files;
  }

  /**
   * Puts such a file into another run directory, completely or not at all.
   *
   * @throws RunOutputException if it cannot be written
   */
  public static void put(RunOutput run, String name, WholeFile.Content content) {
    run.write(name, content);
  }
}

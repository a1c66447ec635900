package org.explain4j.experiments.results;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Other runs of the same sweep, whose finished cells are taken over where the inputs are equal.
 *
 * @param folders run directories; those that do not exist yet lend nothing
 */
public record Lenders(List<Path> folders) {
  /** Nobody. */
  public static final Lenders NONE = new Lenders(List.of());

  public Lenders {
    folders = List.copyOf(folders);
  }

  /**
   * Puts a finished cell with its files into a run that does not have it, if a lender does and it
   * is whole.
   */
  void lend(RunOutput borrower, String file, String hash) {
    if (folders.isEmpty() || FinishedCell.find(borrower, file, hash).cell().isPresent()) {
      return;
    }
    for (Path folder : folders) {
      RunOutput lender = RunOutput.reading(folder);
      Optional<FinishedCell> found = FinishedCell.find(lender, file, hash).cell();
      if (found.isPresent()) {
        borrower.remove(file);
        found.get().files().forEach((name, sum) -> borrower.copy(name, lender, sum));
        found.get().write(borrower, file);
        return;
      }
    }
  }
}

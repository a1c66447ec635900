package org.explain4j.experiments.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

/** Work that several sessions share, each with some cells. */
final class ShareTest {
  private static final CellName MINE = new CellName("stage", "mine");
  private static final CellName OTHER = new CellName("stage", "other/1");

  @TempDir private Path root;

  private static Optional<String> work(Ledger ledger, CellName cell) {
    return ledger.cell(
        cell.stage(),
        cell.name(),
        "hash",
        filled -> filled.array("scores/" + FileNames.of(cell.name()) + ".npy", Nd4j.scalar(1.5)));
  }

  private void session(String folder, Share share, Lenders lenders) {
    try (RunOutput output = RunOutput.open(root.resolve(folder))) {
      Ledger ledger = new Ledger(output, lenders, share, () -> {}, new CellWatch());
      work(ledger, MINE);
      work(ledger, OTHER);
      ledger.writeTables();
    }
  }

  @Test
  void cellsOfOthersArePassedOverAndNoTablesAreWritten() {
    try (RunOutput output = RunOutput.open(root)) {
      Ledger ledger =
          new Ledger(output, Lenders.NONE, Share.of(Set.of(MINE)), () -> {}, new CellWatch());
      assertThat(work(ledger, MINE)).isEmpty();
      assertThat(work(ledger, OTHER)).contains("another session's work");
      ledger.writeTables();
      assertThat(ledger.hasFailures()).isFalse();
      assertThat(ledger.worked()).isEqualTo(1);
    }
    assertThat(root.resolve("timings.csv")).doesNotExist();
    assertThat(root.resolve("scores/mine.npy")).exists();
  }

  @Test
  void finishedCellsOfOthersAreTakenOver() {
    session("lender", Share.of(Set.of(OTHER)), Lenders.NONE);
    session("borrower", Share.of(Set.of(MINE)), new Lenders(List.of(root.resolve("lender"))));
    assertThat(CellFiles.of(root.resolve("borrower"), OTHER))
        .containsExactly(
            "scores/" + FileNames.of(OTHER.name()) + ".npy",
            "stages/stage/" + FileNames.of(OTHER.name()) + ".json");
  }

  @Test
  void filesOfCellsMakeAnotherRunHaveThem() throws IOException {
    session("one", Share.ALL, Lenders.NONE);
    try (RunOutput output = RunOutput.open(root.resolve("two"))) {
      for (CellName cell : List.of(MINE, OTHER)) {
        for (String file : CellFiles.of(root.resolve("one"), cell)) {
          byte[] bytes = Files.readAllBytes(root.resolve("one").resolve(file));
          CellFiles.put(output, file, out -> out.write(bytes));
        }
      }
      Ledger forecast = Ledger.forecast(output);
      work(forecast, MINE);
      work(forecast, OTHER);
      work(forecast, new CellName("stage", "third"));
      assertThat(forecast.forecast().finished()).containsExactly(MINE, OTHER);
      assertThat(forecast.forecast().missing()).containsExactly(new CellName("stage", "third"));
    }
  }

  @Test
  void aCellThatIsNotFinishedHasNoFiles() {
    assertThat(CellFiles.of(root, MINE)).isEmpty();
  }
}

package org.explain4j.experiments.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.explain4j.reports.runs.EstimatorMap;
import org.explain4j.reports.runs.RunTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;
import org.nd4j.linalg.factory.Nd4j;

final class LedgerTest {
  @TempDir private Path root;

  private Ledger.Work work(String file) throws Exception {
    Ledger.Work work = mock(Ledger.Work.class);
    Mockito.doAnswer(
            call -> {
              Cell cell = call.getArgument(0);
              cell.array(file, Nd4j.scalar(1.5));
              cell.row(RunTable.ESTIMATOR_MAPS, new EstimatorMap("a", "b, \"c\""));
              cell.number("loss", 0.5);
              return null;
            })
        .when(work)
        .fill(any());
    return work;
  }

  private static void begin(RunOutput directory) {
    directory.write(Environment.FILE, "{}");
    SessionFiles.seal(directory, Environment.FILE);
  }

  private void cell(String hash, Ledger.Work work) {
    try (RunOutput directory = RunOutput.open(root)) {
      Ledger ledger = new Ledger(directory, () -> begin(directory), new CellWatch());
      ledger.cell("stage", "cell/1", hash, work);
      ledger.writeTables();
    }
  }

  @Test
  void anUnchangedCellIsTakenOverWithItsRows() throws Exception {
    cell("hash", work("scores/a.npy"));
    String written = Files.readString(root.resolve("estimator-maps.csv"));
    Ledger.Work again = work("scores/a.npy");
    cell("hash", again);
    verify(again, never()).fill(any());
    assertThat(root.resolve("estimator-maps.csv"))
        .hasContent(written)
        .hasContent("estimator,explainer\na,\"b, \"\"c\"\"\"");
  }

  @Test
  void aCellTakenOverStillHasItsNumbersForOthers() throws Exception {
    cell("hash", work("scores/a.npy"));
    try (RunOutput output = RunOutput.open(root)) {
      Ledger ledger = new Ledger(output, () -> {}, new CellWatch());
      assertThat(ledger.numbers("stage", "cell/1")).isEmpty();
      ledger.cell("stage", "cell/1", "hash", work("scores/a.npy"));
      assertThat(ledger.numbers("stage", "cell/1")).containsExactly(entry("loss", 0.5));
      assertThat(ledger.takenOver()).isEqualTo(1);
      assertThat(ledger.worked()).isZero();
    }
  }

  @Test
  void whatIsPublishedOfATableLeavesTheCellsRowsAsTheyAre() throws Exception {
    cell("hash", work("scores/a.npy"));
    Path kept = root.resolve("stages/stage").resolve(FileNames.of("cell/1") + ".json");
    String before = Files.readString(kept);
    try (RunOutput output = RunOutput.open(root)) {
      Ledger ledger = new Ledger(output, () -> {}, new CellWatch());
      ledger.publish(
          RunTable.ESTIMATOR_MAPS, rows -> List.of(new EstimatorMap("made", "of " + rows.size())));
      ledger.cell("stage", "cell/1", "hash", work("scores/a.npy"));
      ledger.writeTables();
    }
    assertThat(root.resolve("estimator-maps.csv")).hasContent("estimator,explainer\nmade,of 1");
    assertThat(kept).hasContent(before);
  }

  @Test
  void timesStayThoseOfWhoDidTheWorkUnlessTheyAreDamaged() throws Exception {
    cell("hash", work("scores/a.npy"));
    String times = Files.readString(root.resolve("timings.csv"));
    assertThat(times).contains("false");
    cell("hash", work("scores/a.npy"));
    assertThat(root.resolve("timings.csv")).hasContent(times);
    Files.writeString(root.resolve("timings.csv"), times.replace("0.", "7."));
    cell("hash", work("scores/a.npy"));
    assertThat(root.resolve("timings.csv")).content().contains("true").doesNotContain("7.");
  }

  @Test
  void whatIsToHappenBeforeWorkHappensOnceAndOnlyBeforeWork() throws Exception {
    cell("hash", work("scores/a.npy"));
    Runnable before = mock(Runnable.class);
    try (RunOutput output = RunOutput.open(root)) {
      Ledger ledger = new Ledger(output, before, new CellWatch());
      ledger.cell("stage", "cell/1", "hash", work("scores/a.npy"));
      verify(before, never()).run();
      ledger.cell("stage", "two", "hash", work("scores/b.npy"));
      ledger.cell("stage", "three", "hash", work("scores/c.npy"));
      verify(before, times(1)).run();
    }
  }

  @Test
  void aChangedHashOrAMissingOrTruncatedFileMeansWork() throws Exception {
    cell("hash", work("scores/a.npy"));
    Ledger.Work changed = work("scores/a.npy");
    cell("other", changed);
    verify(changed, times(1)).fill(any());
    Files.delete(root.resolve("scores/a.npy"));
    Ledger.Work missing = work("scores/a.npy");
    cell("other", missing);
    verify(missing, times(1)).fill(any());
    Files.write(root.resolve("scores/a.npy"), new byte[3]);
    Ledger.Work truncated = work("scores/a.npy");
    cell("other", truncated);
    verify(truncated, times(1)).fill(any());
  }

  /** A flipped bit keeps the size; in a record it may even keep the form: 0.5 becomes 1.5. */
  @ParameterizedTest
  @ValueSource(strings = {"scores/a.npy", "stages/stage/_cell_1"})
  void anyFlippedBitMeansWork(String start) throws Exception {
    cell("hash", work("scores/a.npy"));
    Path file;
    try (var files = Files.walk(root)) {
      file =
          files
              .filter(f -> root.relativize(f).toString().replace('\\', '/').startsWith(start))
              .findFirst()
              .orElseThrow();
    }
    byte[] whole = Files.readAllBytes(file);
    for (int bit = 0; bit < whole.length * 8; bit += 41) {
      byte[] damaged = whole.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, damaged);
      Ledger.Work again = work("scores/a.npy");
      cell("hash", again);
      verify(again, times(1)).fill(any());
    }
    assertThat(root.resolve("scores/a.npy")).exists();
  }

  @Test
  void aFailureIsARowAndIsTriedAgain() throws Exception {
    Ledger.Work broken = mock(Ledger.Work.class);
    doThrow(new IllegalStateException("no, \"thanks\"")).when(broken).fill(any());
    cell("hash", broken);
    assertThat(root.resolve("failures.csv")).content().contains("stage,cell/1,\"no, \"\"thanks");
    cell("hash", work("scores/a.npy"));
    assertThat(root.resolve("failures.csv")).doesNotExist();
  }

  @Test
  void memoryThatRanOutNamesTheKnob() throws Exception {
    Ledger.Work greedy = mock(Ledger.Work.class);
    doThrow(new RuntimeException(new OutOfMemoryError("off-heap"))).when(greedy).fill(any());
    cell("hash", greedy);
    assertThat(root.resolve("failures.csv")).content().contains("batch").contains("OFFHEAP");
  }

  @Test
  void leftoversOfEarlierConfigurationsAreRemoved() throws Exception {
    cell("hash", work("scores/old.npy"));
    try (RunOutput directory = RunOutput.open(root)) {
      Ledger ledger = new Ledger(directory, () -> {}, new CellWatch());
      ledger.cell("stage", "new", "hash", work("scores/new.npy"));
      ledger.removeLeftovers();
    }
    assertThat(root.resolve("scores/old.npy")).doesNotExist();
    assertThat(root.resolve("scores/new.npy")).exists();
    assertThat(root.resolve("stages/stage/new.json")).exists();
  }

  @Test
  void aSecondProcessAndForeignFoldersAreRefused() throws IOException {
    try (RunOutput directory = RunOutput.open(root)) {
      assertThat(directory.root()).isEqualTo(root.toAbsolutePath());
      assertThatThrownBy(() -> RunOutput.open(root)).hasMessageContaining("another process");
    }
    Path foreign = Files.createDirectory(root.resolve("foreign"));
    Files.writeString(foreign.resolve("thesis.tex"), "dear");
    assertThatThrownBy(() -> RunOutput.open(foreign))
        .hasMessageContaining(foreign.toString())
        .hasMessageContaining("--out");
    assertThat(foreign.resolve("thesis.tex")).exists();
  }

  @Test
  void aFolderThatCannotBeWrittenIsAClearError() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "");
    assertThatThrownBy(() -> RunOutput.open(file.resolve("run")))
        .isInstanceOf(RunOutputException.class)
        .hasMessageContaining("Cannot use the run directory");
  }

  @Test
  void namesThatCannotBeFilesAreKeptApart() {
    assertThat(FileNames.of("conv1")).isEqualTo("conv1");
    assertThat(FileNames.of("/a/b")).doesNotContain("/").isNotEqualTo(FileNames.of("_a_b"));
    assertThat(FileNames.of("/a/b")).isNotEqualTo(FileNames.of("/a:b"));
    assertThat(FileNames.of("..")).isNotEqualTo("..");
  }
}

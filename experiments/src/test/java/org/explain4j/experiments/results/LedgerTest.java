package org.explain4j.experiments.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
              cell.row(Table.ESTIMATOR_MAPS, "a", "b, \"c\"");
              return null;
            })
        .when(work)
        .fill(any());
    return work;
  }

  private void cell(String hash, Ledger.Work work) {
    try (RunOutput directory = RunOutput.open(root)) {
      Ledger ledger = new Ledger(directory);
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

  @Test
  void aDamagedRecordMeansWork() throws Exception {
    cell("hash", work("scores/a.npy"));
    try (var files = Files.list(root.resolve("stages/stage"))) {
      Files.writeString(files.findFirst().orElseThrow(), "{\"hash\":");
    }
    Ledger.Work again = work("scores/a.npy");
    cell("hash", again);
    verify(again, times(1)).fill(any());
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
      Ledger ledger = new Ledger(directory);
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

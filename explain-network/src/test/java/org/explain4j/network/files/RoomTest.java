package org.explain4j.network.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

class RoomTest {

  @Test
  void whatDoesNotFitOnTheHeapIsRefusedBeforeItIsRead() {
    long heap = Runtime.getRuntime().maxMemory();
    assertThatCode(() -> Room.require("a.npz:x", heap / 4)).doesNotThrowAnyException();
    assertThatThrownBy(() -> Room.require("a.npz:x", heap))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("a.npz:x", heap + " bytes", "EXPLAIN4J_HEAP");
  }

  @Test
  void anEntryThatStatesMoreThanItCanHoldIsRefused() {
    ZipEntry entry = new ZipEntry("x");
    entry.setCompressedSize(2_000_000);
    entry.setSize(1_900_000_000);
    assertThatCode(() -> Room.requirePossible("x", entry)).doesNotThrowAnyException();
    entry.setSize(3_000_000_000L);
    assertThatThrownBy(() -> Room.requirePossible("x", entry))
        .hasMessageContainingAll("x", "3000000000", "2000000");
  }

  @Test
  void aStreamWithoutEndEndsWhereTheHeapDoes() throws IOException {
    long limit = Runtime.getRuntime().maxMemory() / 2;
    try (InputStream endless = Room.limited("a.gz", zeros())) {
      assertThat(endless.skip(limit)).isEqualTo(limit);
      assertThatThrownBy(() -> endless.read(new byte[8], 0, 8))
          .isInstanceOf(IOException.class)
          .hasMessageContainingAll("a.gz", "more than " + limit + " bytes", "EXPLAIN4J_HEAP");
    }
  }

  private static InputStream zeros() {
    return new InputStream() {
      @Override
      public int read() {
        return 0;
      }

      @Override
      public long skip(long count) {
        return count;
      }
    };
  }
}

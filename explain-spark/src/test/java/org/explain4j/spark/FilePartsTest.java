package org.explain4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.explain4j.spark.FileParts.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePartsTest {
  @TempDir private Path folder;

  private byte[] write(String name, int bytes) throws IOException {
    byte[] content = new byte[bytes];
    new SplittableRandom(3).nextBytes(content);
    Files.write(folder.resolve("work").resolve(name), content);
    return content;
  }

  @Test
  void filesOfAnyLengthComeInPartsAndTheFolderIsDeleted() throws IOException {
    Files.createDirectories(folder.resolve("work"));
    Map<String, byte[]> expected = new LinkedHashMap<>();
    for (int bytes :
        new int[] {
          0, 1, BroadcastFiles.PIECE, BroadcastFiles.PIECE + 1, 3 * BroadcastFiles.PIECE
        }) {
      expected.put("of " + bytes, write("of " + bytes, bytes));
    }
    FileParts parts = new FileParts(folder.resolve("work"), new ArrayList<>(expected.keySet()));
    for (Map.Entry<String, byte[]> file : expected.entrySet()) {
      ByteArrayOutputStream found = new ByteArrayOutputStream();
      Part part;
      do {
        part = parts.next();
        assertThat(part.file()).isEqualTo(file.getKey());
        found.writeBytes(part.bytes());
      } while (!part.last());
      assertThat(found.toByteArray()).isEqualTo(file.getValue());
    }
    assertThat(parts.hasNext()).isFalse();
    assertThat(folder.resolve("work")).doesNotExist();
  }

  @Test
  void noFilesAreNoParts() throws IOException {
    Files.createDirectories(folder.resolve("work"));
    assertThat(new FileParts(folder.resolve("work"), List.of()).hasNext()).isFalse();
    assertThat(folder.resolve("work")).doesNotExist();
  }
}

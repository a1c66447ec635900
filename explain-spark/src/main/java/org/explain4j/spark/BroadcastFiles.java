package org.explain4j.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.explain4j.network.files.WholeFile;

/**
 * Files on their way from the driver to the executors, which fetch them when they need them, once a
 * machine.
 *
 * @param files by names relative to a folder, in the order in which they are to be put there
 */
record BroadcastFiles(Map<String, Contents> files) implements Serializable {
  /** A byte array ends at 2 GiB; pieces of this size also spread quickly. */
  static final int PIECE = 16 << 20;

  /** What is in a file. */
  record Contents(List<Broadcast<byte[]>> pieces) implements Serializable {

    static Contents of(JavaSparkContext spark, Path file) throws IOException {
      List<Broadcast<byte[]>> pieces = new ArrayList<>();
      try (InputStream in = Files.newInputStream(file)) {
        for (byte[] piece = in.readNBytes(PIECE); piece.length > 0; piece = in.readNBytes(PIECE)) {
          pieces.add(spark.broadcast(piece));
        }
      }
      return new Contents(pieces);
    }

    void to(Path file) throws IOException {
      WholeFile.write(
          file,
          out -> {
            for (Broadcast<byte[]> piece : pieces) {
              out.write(piece.value());
            }
          });
    }
  }

  static BroadcastFiles of(JavaSparkContext spark, Path folder, List<String> names)
      throws IOException {
    Map<String, Contents> files = new LinkedHashMap<>();
    for (String name : names) {
      files.put(name, Contents.of(spark, folder.resolve(name)));
    }
    return new BroadcastFiles(files);
  }

  /** Puts the files into a folder, unless they are there. */
  void unpack(Path folder) throws IOException {
    for (Map.Entry<String, Contents> file : files.entrySet()) {
      Path place = folder.resolve(file.getKey());
      if (!Files.exists(place)) {
        file.getValue().to(place);
      }
    }
  }

  /** Frees what the driver keeps for executors that have not fetched it yet. */
  void discard() {
    files.values().forEach(contents -> contents.pieces().forEach(Broadcast::destroy));
  }
}

package org.explain4j.experiments.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.explain4j.network.files.FileSum;
import org.explain4j.network.numpy.ArrayPiece;
import org.explain4j.network.numpy.ArrayPieces;
import org.explain4j.network.numpy.NumpyArchive;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A file of moments of several splits and layers, of one shard or of all: a numpy archive of {@code
 * SPLIT/LAYER/SUM}, and {@code about}, which says in JSON what they belong to. Arrays are read and
 * written one at a time, so a file may be larger than memory.
 */
public final class MomentsFile {
  private static final String ABOUT = "about";

  /** Bytes of numbers; files of any size are added up in this much memory. */
  private static final int PIECE = 4 << 20;

  private MomentsFile() {}

  /**
   * What moments belong to. Only moments that agree in all of this except the shards can be added
   * up.
   *
   * @param facts network, data, splits, sampling and layers, by the names that messages use
   * @param shards that are in the file, from 1
   * @param count the number of all shards
   */
  public record About(Map<String, String> facts, List<Integer> shards, int count) {
    public About {
      facts = new TreeMap<>(facts);
      shards = shards.stream().sorted().toList();
    }

    /**
     * Requires that all shards are in the file.
     *
     * @throws IOException if one is missing; the message names it
     */
    public void requireAll(String file) throws IOException {
      List<String> missing =
          IntStream.rangeClosed(1, count)
              .filter(shard -> !shards.contains(shard))
              .mapToObj(shard -> shard + "/" + count)
              .toList();
      if (!missing.isEmpty()) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "%s: %s %s missing.\nMaybe compute %s with 'explain moments --shard %s', or add the file.",
                file,
                missing.size() == 1 ? "shard" : "shards",
                String.join(", ", missing) + (missing.size() == 1 ? " is" : " are"),
                missing.size() == 1 ? "it" : "the first",
                missing.get(0)));
      }
    }

    /**
     * @throws IOException if the other belongs to something else; the message says to what
     */
    void requireSame(About other, String file, String otherFile) throws IOException {
      TreeSet<String> words = new TreeSet<>(facts.keySet());
      words.addAll(other.facts.keySet());
      for (String word : words) {
        String mine = facts.getOrDefault(word, "nothing");
        String theirs = other.facts.getOrDefault(word, "nothing");
        if (!mine.equals(theirs)) {
          throw new IOException(
              String.format(
                  Locale.ROOT,
                  "%s has another %s than %s: %s, not %s.\nMaybe it is a file of another experiment.",
                  otherFile,
                  word,
                  file,
                  shortened(theirs),
                  shortened(mine)));
        }
      }
      if (count != other.count) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "%s is one of %d shards, %s is one of %d.\nMaybe it is left over from an earlier division.",
                otherFile,
                other.count,
                file,
                count));
      }
    }

    private static String shortened(String value) {
      return value.length() <= 80 ? value : value.substring(0, 77) + "...";
    }
  }

  /**
   * Puts the files of single layers together.
   *
   * @param layers archives by {@code SPLIT/LAYER}
   */
  public static void pack(Path out, About about, Map<String, Path> layers) throws IOException {
    NumpyArchive.write(
        out,
        writer -> {
          writer.put(ABOUT, encoded(about));
          for (Map.Entry<String, Path> layer : layers.entrySet()) {
            for (String sum : NumpyArchive.names(layer.getValue())) {
              try (INDArray array = one(layer.getValue(), sum)) {
                writer.put(layer.getKey() + "/" + sum, array);
              }
            }
          }
        });
  }

  /**
   * Extracts one layer, as the archive that {@link #pack} put in.
   *
   * @param layer {@code SPLIT/LAYER}
   * @return the sum of what was written
   */
  public static FileSum unpack(Path file, String layer, Path out) throws IOException {
    String prefix = layer + "/";
    List<String> names =
        NumpyArchive.names(file).stream()
            .filter(name -> name.startsWith(prefix))
            .filter(name -> name.indexOf('/', prefix.length()) < 0) // not of layer LAYER/X
            .toList();
    if (names.isEmpty()) {
      throw new IOException(file + ": has no moments for " + layer + ".");
    }
    return NumpyArchive.write(
        out,
        writer -> {
          for (String name : names) {
            try (INDArray array = one(file, name)) {
              writer.put(name.substring(prefix.length()), array);
            }
          }
        });
  }

  /**
   * Adds shards up, piece by piece.
   *
   * @throws IOException if a shard is missing or present twice, or a file is damaged or belongs to
   *     something else than the first; the message names it
   */
  public static void merge(Path out, List<Path> files) throws IOException {
    About all = about(files);
    List<String> names = NumpyArchive.names(files.get(0));
    for (Path file : files) {
      if (!NumpyArchive.names(file).equals(names)) {
        throw new IOException(file + ": has other layers or sums than " + files.get(0) + ".");
      }
    }
    List<ArrayPieces> pieces = new ArrayList<>();
    try {
      for (Path file : files) {
        pieces.add(pieces(file));
      }
      join(out, all, new ShardSums(files, pieces));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      for (ArrayPieces each : pieces) {
        each.close();
      }
    }
  }

  /**
   * The sums in a shard's file, for adding up on other machines.
   *
   * @throws IOException if the file cannot be read
   */
  public static ArrayPieces pieces(Path file) throws IOException {
    return new ArrayPieces(file, PIECE, name -> !name.equals(ABOUT));
  }

  /**
   * Writes what {@link #merge} would write, from sums that have been added up.
   *
   * @param pieces in the order of a shard's file
   * @throws IOException if it cannot be written
   */
  public static void join(Path out, About about, Iterator<ArrayPiece> pieces) throws IOException {
    try (INDArray text = encoded(about)) {
      NumpyArchive.write(out, Map.of(ABOUT, text), pieces);
    }
  }

  private static About about(List<Path> files) throws IOException {
    String firstName = files.get(0).toString();
    About first = about(files.get(0));
    List<Integer> shards = new ArrayList<>();
    for (Path file : files) {
      About about = about(file);
      first.requireSame(about, firstName, file.toString());
      for (int shard : about.shards()) {
        if (shards.contains(shard)) {
          throw new IOException(
              String.format(
                  Locale.ROOT,
                  "%s: shard %d/%d is given twice.\nMaybe leave out this file.",
                  file,
                  shard,
                  first.count()));
        }
        shards.add(shard);
      }
    }
    About all = new About(first.facts(), shards, first.count());
    all.requireAll("merge");
    return all;
  }

  /**
   * What the moments in a file belong to.
   *
   * @throws IOException if it is not a file of moments
   */
  public static About about(Path file) throws IOException {
    Map<String, INDArray> arrays = NumpyArchive.read(file, ABOUT::equals);
    if (arrays.isEmpty()) {
      throw new IOException(
          file + ": is not a file of moments.\nMaybe give one that 'explain moments' wrote.");
    }
    try (INDArray text = arrays.get(ABOUT)) {
      return new ObjectMapper()
          .readValue(new String(text.data().asBytes(), StandardCharsets.UTF_8), About.class);
    }
  }

  /**
   * Refuses a file that lacks a shard, or does not belong to what is expected.
   *
   * @throws IOException with what differs
   */
  public static void require(Path file, About expected) throws IOException {
    About found = about(file);
    new About(expected.facts(), List.of(), found.count())
        .requireSame(found, "this experiment", file.toString());
    found.requireAll(file.toString());
  }

  private static INDArray encoded(About about) throws IOException {
    byte[] bytes = new ObjectMapper().writeValueAsBytes(about);
    INDArray array = Nd4j.create(DataType.INT8, bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      array.putScalar(i, bytes[i]);
    }
    return array;
  }

  private static INDArray one(Path file, String name) throws IOException {
    INDArray array = NumpyArchive.read(file, name::equals).get(name);
    if (array == null) {
      throw new IOException(file + ": '" + name + "' is missing.");
    }
    return array;
  }
}

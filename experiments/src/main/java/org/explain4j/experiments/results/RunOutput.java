package org.explain4j.experiments.results;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.explain4j.network.files.FileSum;
import org.explain4j.network.files.Reason;
import org.explain4j.network.files.WholeFile;
import org.explain4j.network.numpy.NumpyStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.LoggerFactory;

/** A run directory while an experiment works in it: open in one process at a time. */
public final class RunOutput implements AutoCloseable {
  /** The configuration, with every default. */
  public static final String CONFIGURATION = "effective.yaml";

  private static final String LOCK = "stages/.lock";

  private final Path root;
  private final FileChannel channel;
  private final Map<String, FileSum> known = new HashMap<>(); // what files were found to be

  private RunOutput(Path root, FileChannel channel) {
    this.root = root;
    this.channel = channel;
  }

  /**
   * Creates a run directory, or opens an existing one to continue.
   *
   * @throws RunOutputException if it cannot be written, another process is in it, or the folder
   *     holds something else
   */
  public static RunOutput open(Path root) {
    try {
      Files.createDirectories(root);
      if (!Files.exists(root.resolve("stages")) && !isEmpty(root)) {
        throw new IOException(
            "it is neither empty nor a run directory\nMaybe choose another one with --out.");
      }
      Files.createDirectories(root.resolve("stages"));
      FileChannel channel =
          FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw new IOException(
            "another process is working in it\n"
                + "Maybe wait for that to end, or choose another one with --out.");
      }
      RunOutput output = new RunOutput(root.toAbsolutePath().normalize(), channel);
      output.clear(WholeFile::isAbandoned);
      return output;
    } catch (IOException e) {
      throw failure("Cannot use the run directory", root, e);
    }
  }

  /** A run directory that is only read from; there need not be one. */
  static RunOutput reading(Path root) {
    return new RunOutput(root.toAbsolutePath().normalize(), null);
  }

  /** Held until the process ends, however it ends. */
  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static boolean isEmpty(Path root) throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files.findAny().isEmpty();
    }
  }

  public Path root() {
    return root;
  }

  /** Writes the configuration, every default filled in. */
  public void writeConfiguration(String yaml) {
    write(CONFIGURATION, yaml);
  }

  /** Writes a text file completely or not at all. */
  public FileSum write(String name, String text) {
    return write(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Writes an array as {@code .npy}. */
  public FileSum write(String name, INDArray array) {
    return write(name, out -> NumpyStream.write(out, array));
  }

  FileSum write(String name, WholeFile.Content content) {
    try {
      return written(name, file -> WholeFile.write(file, content));
    } catch (IOException e) {
      throw failure("Cannot write", root.resolve(name), e);
    }
  }

  /** What writes a file with {@link WholeFile}. */
  @FunctionalInterface
  public interface Writer {
    FileSum to(Path file) throws IOException;
  }

  /**
   * Writes a file that knows how.
   *
   * @throws RunOutputException if the file cannot be written
   * @throws IOException if what it is made from cannot be read
   */
  FileSum written(String name, Writer writer) throws IOException {
    Path file = root.resolve(name);
    try {
      FileSum sum = writer.to(file);
      known.put(name, sum);
      return sum;
    } catch (FileSystemException e) {
      throw failure("Cannot write", file, e);
    }
  }

  /**
   * Whether a file is still as it was written. It is read for that once, by the first who asks.
   *
   * @param sum of what was written
   */
  boolean isWhole(String name, FileSum sum) {
    Path file = root.resolve(name);
    try {
      if (Files.size(file) != sum.bytes()) {
        return false;
      }
      if (!known.containsKey(name)) {
        known.put(name, FileSum.of(file));
      }
      return known.get(name).equals(sum);
    } catch (IOException e) {
      LoggerFactory.getLogger(RunOutput.class).debug("{} cannot be read", file, e);
      return false;
    }
  }

  /**
   * Takes over another run's file: by a second name where the disk can give one, as that saves
   * space. Neither run changes a file in its place.
   */
  void copy(String name, RunOutput from, FileSum sum) {
    Path file = root.resolve(name);
    try {
      Files.createDirectories(file.getParent());
      Files.deleteIfExists(file);
      try {
        Files.createLink(file, from.root.resolve(name));
      } catch (FileSystemException | UnsupportedOperationException e) {
        Files.copy(from.root.resolve(name), file);
      }
      known.put(name, sum);
    } catch (IOException e) {
      throw failure("Cannot write", file, e);
    }
  }

  /** Whether there is such a file. */
  public boolean has(String name) {
    return Files.exists(root.resolve(name));
  }

  /** Reads a {@code .npy} file. */
  public INDArray read(String name) {
    Path file = root.resolve(name);
    try {
      return NumpyStream.read(file);
    } catch (IOException e) {
      throw failure("Cannot read", file, e);
    }
  }

  /** Removes the file if it exists. */
  void remove(String name) {
    known.remove(name);
    try {
      Files.deleteIfExists(root.resolve(name));
    } catch (IOException e) {
      throw failure("Cannot remove", root.resolve(name), e);
    }
  }

  /** Removes files of one of the run's own folders that no cell names any more. */
  void prune(String folder, Set<String> keep) {
    Path top = root.resolve(folder);
    if (!Files.isDirectory(top)) {
      return;
    }
    try (Stream<Path> files = Files.walk(top)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!keep.contains(root.relativize(file).toString().replace('\\', '/'))) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw failure("Cannot clear", top, e);
    }
  }

  private void clear(Predicate<Path> unwanted) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(unwanted).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** The error that a file of the run could not be written, as all those of this class. */
  public static RunOutputException cannotWrite(Path file, IOException e) {
    return failure("Cannot write", file, e);
  }

  static RunOutputException failure(String what, Path path, IOException e) {
    String said = Reason.of(e);
    String named = path + ": ";
    String reason = said.startsWith(named) ? said.substring(named.length()) : said;
    String advice = reason.contains("\nMaybe ") ? "" : "\nMaybe choose another folder with --out.";
    return new RunOutputException(what + " " + path + ": " + reason + advice, e);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw failure("Cannot close", root, e);
    }
  }
}

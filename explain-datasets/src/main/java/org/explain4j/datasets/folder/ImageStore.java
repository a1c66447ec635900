package org.explain4j.datasets.folder;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Where image files are: a folder, or a zip archive that is never unpacked. */
sealed interface ImageStore {
  /** No image file is larger; what claims to be is damaged or hostile. */
  int LARGEST_FILE = 1 << 26;

  /** All files, as paths with {@code /} below the store, in alphabetic order. */
  List<String> files() throws IOException;

  /** Opens the store for reading files; from several threads, if need be. */
  Session open() throws IOException;

  /** An open store. */
  interface Session extends Closeable {
    /**
     * @throws NoSuchFileException if there is no such file
     */
    byte[] read(String file) throws IOException;
  }

  /**
   * @throws NoSuchFileException if there is neither a folder nor a file
   */
  static ImageStore of(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return new Folder(path);
    }
    if (Files.isRegularFile(path)) {
      return new Archive(path);
    }
    throw new NoSuchFileException(missing(path));
  }

  /** What is said of a store that is not there. */
  static String missing(Path path) {
    return "There is no folder or zip archive '%s'.\nMaybe correct dataset.path.".formatted(path);
  }

  private static byte[] bounded(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
    if (bytes.length > LARGEST_FILE) {
      throw new IOException("larger than %d bytes".formatted(LARGEST_FILE));
    }
    return bytes;
  }

  /** Hidden files and what macOS adds to archives are nobody's images. */
  private static boolean isVisible(String file) {
    return Stream.of(file.split("/")).noneMatch(p -> p.startsWith(".") || p.equals("__MACOSX"));
  }

  /** A folder and all below it. */
  record Folder(Path root) implements ImageStore {
    @Override
    public List<String> files() throws IOException {
      try (Stream<Path> paths = Files.walk(root)) {
        return paths
            .filter(Files::isRegularFile)
            .map(path -> root.relativize(path).toString().replace('\\', '/'))
            .filter(ImageStore::isVisible)
            .sorted()
            .toList();
      } catch (UncheckedIOException e) {
        throw new IOException("The folder '%s' cannot be listed: %s".formatted(root, e), e);
      }
    }

    @Override
    public Session open() {
      return new Session() {
        @Override
        public byte[] read(String file) throws IOException {
          Path path = root.resolve(file).normalize();
          if (!path.startsWith(root.normalize()) || !Files.isRegularFile(path)) {
            throw new NoSuchFileException("no such file");
          }
          try (InputStream in = Files.newInputStream(path)) {
            return bounded(in);
          }
        }

        @Override
        public void close() {}
      };
    }
  }

  /** A zip archive; its table of contents is read anew for each session. */
  record Archive(Path file) implements ImageStore {
    @Override
    public List<String> files() throws IOException {
      try (ZipFile zip = zip()) {
        return zip.stream()
            .filter(entry -> !entry.isDirectory())
            .map(ZipEntry::getName)
            .filter(ImageStore::isVisible)
            .sorted()
            .toList();
      }
    }

    private ZipFile zip() throws IOException {
      try {
        return new ZipFile(file.toFile());
      } catch (IOException | IllegalArgumentException e) {
        throw new IOException(
            "'%s' is no readable zip archive: %s\nMaybe dataset.path should be a folder."
                .formatted(file, e.getMessage()),
            e);
      }
    }

    @Override
    public Session open() throws IOException {
      ZipFile zip = zip();
      return new Session() {
        @Override
        public byte[] read(String file) throws IOException {
          ZipEntry entry = zip.getEntry(file);
          if (entry == null) {
            throw new NoSuchFileException("no such file");
          }
          try (InputStream in = zip.getInputStream(entry)) {
            return bounded(in);
          }
        }

        @Override
        public void close() throws IOException {
          zip.close();
        }
      };
    }
  }
}

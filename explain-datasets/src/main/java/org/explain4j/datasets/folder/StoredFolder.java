package org.explain4j.datasets.folder;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;

/**
 * A folder and all below it; symbolic links are followed. Names are UTF-8 whatever the locale:
 * where Java takes file names to be ASCII, they are passed through the file system's URIs, which
 * have the bytes.
 */
record StoredFolder(Path root) implements ImageStore {
  private static final char UNDECODED = '\ufffd';

  @Override
  public Listing list() throws IOException {
    Visitor visitor = new Visitor(root);
    Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, visitor);
    List<String> notes = new ArrayList<>();
    if (!visitor.dangling.isEmpty()) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%d symbolic links lead nowhere and were ignored: %s.",
              visitor.dangling.size(),
              String.join(", ", visitor.dangling)));
    }
    return Listing.of(visitor.files, visitor.folders, notes);
  }

  /** Collects names on its way. */
  private static final class Visitor extends SimpleFileVisitor<Path> {
    private final Path root;
    private final List<String> files = new ArrayList<>();
    private final List<String> folders = new ArrayList<>();
    private final List<String> dangling = new ArrayList<>();

    private Visitor(Path root) {
      this.root = root;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      if (folder.equals(root)) {
        return FileVisitResult.CONTINUE;
      }
      String name = name(folder);
      if (!ImageStore.isVisible(name)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      folders.add(name);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String name = name(file);
      if (ImageStore.isVisible(name)) {
        if (attributes.isSymbolicLink()) {
          dangling.add(name);
        } else if (attributes.isRegularFile()) {
          files.add(name);
        }
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (e instanceof FileSystemLoopException) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "The link '%s' leads to a folder that contains it.\nMaybe remove it.",
                file),
            e);
      }
      throw new IOException(String.format(Locale.ROOT, "'%s' cannot be listed: %s", file, e), e);
    }

    private String name(Path path) {
      String name = root.relativize(path).toString().replace('\\', '/');
      return name.indexOf(UNDECODED) < 0
          ? name
          : root.toUri().relativize(path.toUri()).getPath().replaceFirst("/$", "");
    }
  }

  @Override
  public Session open() {
    return new Session() {
      @Override
      public byte[] read(String file) throws IOException {
        Path path = resolve(file).normalize();
        if (!path.startsWith(root.normalize()) || !Files.isRegularFile(path)) {
          throw new FileNotFoundException("no such file");
        }
        try (InputStream in = Files.newInputStream(path)) {
          return ImageStore.bounded(in);
        }
      }

      @Override
      public void close() {}
    };
  }

  private Path resolve(String file) {
    try {
      return root.resolve(file);
    } catch (InvalidPathException e) {
      String escaped =
          URLEncoder.encode(file, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
      Path absolute = Path.of(URI.create(root.toUri() + escaped));
      return root.resolve(root.toAbsolutePath().relativize(absolute));
    }
  }
}

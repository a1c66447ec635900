package org.explain4j.datasets.folder;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.explain4j.network.files.RealFile;
import org.explain4j.network.files.Reason;

/**
 * A zip archive; its table of contents is read again for each session. Some programs on Windows
 * write its names with backslashes, or in the code page of the first PCs.
 */
record StoredArchive(Path file) implements ImageStore {
  private static final String FIRST_CODE_PAGE = "IBM437";

  @Override
  public Listing list() throws IOException {
    List<String> files = new ArrayList<>();
    List<String> folders = new ArrayList<>();
    try (ZipFile zip = zip()) {
      for (ZipEntry entry : zip.stream().toList()) {
        String name = name(entry);
        if (!ImageStore.isVisible(name)) {
          continue;
        }
        if (name.endsWith("/")) {
          folders.add(name.substring(0, name.length() - 1));
        } else {
          files.add(name);
        }
      }
    }
    return Listing.of(files, folders, List.of());
  }

  private static String name(ZipEntry entry) {
    return entry.getName().replace('\\', '/');
  }

  private ZipFile zip() throws IOException {
    RealFile.require(file);
    try {
      return new ZipFile(file.toFile());
    } catch (ZipException e) {
      return e.getMessage().contains("bad entry name") ? inFirstCodePage() : unreadable(e);
    } catch (IOException | IllegalArgumentException e) {
      return unreadable(e);
    }
  }

  private ZipFile inFirstCodePage() throws IOException {
    try {
      return new ZipFile(file.toFile(), Charset.forName(FIRST_CODE_PAGE));
    } catch (IOException | IllegalArgumentException e) {
      return unreadable(e);
    }
  }

  private ZipFile unreadable(Exception e) throws IOException {
    throw new IOException(
        String.format(
            Locale.ROOT,
            "'%s' is not a readable zip archive: %s\nMaybe image-folder.path should be a folder.",
            file,
            Reason.of(e)),
        e);
  }

  @Override
  public Session open() throws IOException {
    ZipFile zip = zip();
    Map<String, ZipEntry> entries = new HashMap<>();
    zip.stream().forEach(entry -> entries.putIfAbsent(name(entry), entry));
    return new Session() {
      @Override
      public byte[] read(String file) throws IOException {
        ZipEntry entry = entries.get(file);
        if (entry == null || entry.isDirectory()) {
          throw new FileNotFoundException("no such file");
        }
        try (InputStream in = zip.getInputStream(entry)) {
          return ImageStore.bounded(in);
        }
      }

      @Override
      public void close() throws IOException {
        zip.close();
      }
    };
  }
}

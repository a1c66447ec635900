package org.explain4j.datasets.folder;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.explain4j.api.Dataset;
import org.explain4j.api.Split;

/** Writes images, tables and archives below a folder, and opens them. */
record SampleFolder(Path base) {
  Dataset open(ImageFolder settings) throws IOException {
    return settings.open(base);
  }

  static ImageFolder whole(String path, double testShare) {
    return settings(path, "", "", 0, 0, testShare);
  }

  static ImageFolder settings(
      String path, String labels, String classes, int resize, int crop, double testShare) {
    return of(path, labels, 0, classes, "", Orientation.STORED, resize, crop, testShare);
  }

  /** Whole images of one size, with masks. */
  static ImageFolder masked(String path, String masks, int resize, int crop) {
    return of(path, "", 0, "", masks, Orientation.STORED, resize, crop, 0);
  }

  /** Images with a table whose first class has a number. */
  static ImageFolder numbered(String path, int firstLabel) {
    return of(path, "", firstLabel, "", "", Orientation.STORED, 0, 0, 0);
  }

  /** RGB images, all of each class. */
  private static ImageFolder of(
      String path,
      String labels,
      int firstLabel,
      String classes,
      String masks,
      Orientation orientation,
      int resize,
      int crop,
      double testShare) {
    return new ImageFolder(
        path, labels, firstLabel, classes, masks, orientation, resize, crop, 3, 0, testShare, 1);
  }

  /** Images framed, of which some are taken. */
  static ImageFolder framed(String path, int resize, int crop, int channels, int perClass) {
    return framed(path, resize, crop, channels, perClass, 0);
  }

  static ImageFolder framed(
      String path, int resize, int crop, int channels, int perClass, double testShare) {
    return new ImageFolder(
        path, "", 0, "", "", Orientation.STORED, resize, crop, channels, perClass, testShare, 1);
  }

  static List<String> names(Split split) {
    return IntStream.range(0, split.size()).mapToObj(split::name).toList();
  }

  void image(String file, int rgb) throws IOException {
    write(file, Pictures.file(Pictures.plain(8, 8, rgb), "png"));
  }

  void text(String file, String... lines) throws IOException {
    write(file, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
  }

  void write(String file, byte[] content) throws IOException {
    Files.createDirectories(base.resolve(file).getParent());
    Files.write(base.resolve(file), content);
  }

  void zip(String archive, String... files) throws IOException {
    archive(archive, "p", files);
  }

  /** Entries with {@code \\} or {@code /}; those that end in one are folders. */
  void archive(String archive, String from, String... entries) throws IOException {
    try (OutputStream out = Files.newOutputStream(base.resolve(archive));
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String entry : Stream.of(entries).sorted().toList()) {
        zip.putNextEntry(new ZipEntry(entry));
        if (!entry.endsWith("/")) {
          zip.write(Files.readAllBytes(base.resolve(from).resolve(entry.replace('\\', '/'))));
        }
        zip.closeEntry();
      }
    }
  }
}

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
    return new ImageFolder(path, labels, classes, resize, crop, 3, 0, testShare, 1);
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
    try (OutputStream out = Files.newOutputStream(base.resolve(archive));
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String file : Stream.of(files).sorted().toList()) {
        zip.putNextEntry(new ZipEntry(file));
        zip.write(Files.readAllBytes(base.resolve("p").resolve(file)));
        zip.closeEntry();
      }
    }
  }
}

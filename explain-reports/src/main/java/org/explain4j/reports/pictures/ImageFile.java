package org.explain4j.reports.pictures;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * The content of an image's file. ImageIO's own way would write a copy into the folder for
 * temporary files, which may be full.
 */
public enum ImageFile {
  PNG,
  JPEG;

  /** The file's bytes. */
  public byte[] bytes(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(image, format(), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory has no errors of its own
    }
    return bytes.toByteArray();
  }

  /** The file as part of a page. */
  public String dataUri(BufferedImage image) {
    return "data:image/" + format() + ";base64," + Base64.getEncoder().encodeToString(bytes(image));
  }

  private String format() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package org.explain4j.datasets.folder;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.explain4j.network.files.RealFile;
import org.explain4j.network.files.Reason;

/**
 * Decodes image files. Colour profiles in them are ignored in every format, as in torchvision:
 * networks were trained that way.
 */
final class Photograph {
  /** Above, one image takes half a gigabyte: damaged or hostile, or no input of a network. */
  private static final long MOST_PIXELS = 50_000_000;

  private Photograph() {}

  /**
   * The image as {@link BufferedImage#TYPE_INT_RGB}; transparency is dropped.
   *
   * @throws IOException if it is not an image, or truncated or damaged; the message says which
   */
  static BufferedImage decode(byte[] file, Orientation orientation) throws IOException {
    RealFile.require("the image", file);
    Segments segments = Segments.of(file);
    byte[] plain = segments.withoutProfile();
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(plain))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IOException("no known image format");
      }
      ImageReader reader = readers.next();
      try {
        return orientation.turned(read(reader, in, segments), segments);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      // ImageIO's readers throw all kinds of exceptions for damaged files, some without a message.
      throw e instanceof IOException known && !(e instanceof EOFException) && e.getMessage() != null
          ? known
          : new IOException("damaged: " + Reason.of(e), e);
    }
  }

  private static BufferedImage read(ImageReader reader, ImageInputStream in, Segments segments)
      throws IOException {
    AtomicReference<String> damage = new AtomicReference<>("");
    reader.addIIOReadWarningListener(
        (source, warning) -> {
          if (isDamage(warning)) {
            damage.set(warning);
          }
        });
    boolean gif = reader.getFormatName().equalsIgnoreCase("gif");
    reader.setInput(in, !gif, !gif);
    long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
    if (pixels > MOST_PIXELS) {
      throw new IOException(
          String.format(
              Locale.ROOT, "%d x %d pixels are too many", reader.getWidth(0), reader.getHeight(0)));
    }
    BufferedImage image;
    if (gif) {
      image = GifScreen.read(reader, MOST_PIXELS);
    } else if (segments.hasInks() && reader.canReadRaster()) {
      image = Colours.printed(reader.readRaster(0, null), segments.isTransformed());
    } else {
      image = Colours.rgb(reader.read(0));
    }
    if (!damage.get().isEmpty()) {
      throw new IOException("damaged: " + damage.get());
    }
    return image;
  }

  /** libjpeg fills in what is missing and only warns; bytes between markers are harmless. */
  private static boolean isDamage(String warning) {
    String text = warning.toLowerCase(Locale.ROOT);
    return text.contains("premature end")
        || (text.contains("corrupt") && !text.contains("extraneous bytes"));
  }
}

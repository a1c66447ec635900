package org.explain4j.datasets.folder;

import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decodes image files to sRGB. */
final class Photograph {
  /** Above, one image takes half a gigabyte: damaged or hostile, or no input of a network. */
  private static final long MOST_PIXELS = 50_000_000;

  private Photograph() {}

  /**
   * The image as {@link BufferedImage#TYPE_INT_RGB}; transparency is dropped.
   *
   * @throws IOException if it is no image, truncated or damaged; the message says which
   */
  static BufferedImage decode(byte[] file) throws IOException {
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IOException("no known image format");
      }
      ImageReader reader = readers.next();
      try {
        return rgb(read(reader, in));
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      // ImageIO's readers run into all kinds of exceptions in damaged files, some without a word.
      throw e instanceof IOException known && e.getMessage() != null
          ? known
          : new IOException("damaged: " + e, e);
    }
  }

  private static BufferedImage read(ImageReader reader, ImageInputStream in) throws IOException {
    AtomicReference<String> damage = new AtomicReference<>("");
    reader.addIIOReadWarningListener(
        (source, warning) -> {
          if (isDamage(warning)) {
            damage.set(warning);
          }
        });
    reader.setInput(in, true, true);
    long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
    if (pixels > MOST_PIXELS) {
      throw new IOException(
          "%d x %d pixels are too many".formatted(reader.getWidth(0), reader.getHeight(0)));
    }
    BufferedImage image = reader.read(0);
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

  private static BufferedImage rgb(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    BufferedImage rgb = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    if (!isGrey(image) && !image.getColorModel().hasAlpha()) {
      Graphics2D canvas = rgb.createGraphics();
      canvas.drawImage(image, 0, 0, null);
      canvas.dispose();
      return rgb;
    }
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      if (isGrey(image)) {
        grey(image, y, row);
      } else {
        image.getRGB(0, y, width, 1, row, 0, width);
      }
      rgb.getRaster().setDataElements(0, y, width, 1, row);
    }
    return rgb;
  }

  private static boolean isGrey(BufferedImage image) {
    return image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY
        && !(image.getColorModel() instanceof IndexColorModel);
  }

  /**
   * Java takes grey samples to be linear and would brighten them; in JPEG and PNG files they are
   * gamma-encoded like colours, and every other tool repeats them as they are.
   */
  private static void grey(BufferedImage image, int y, int[] row) {
    Raster raster = image.getRaster();
    int bits = image.getColorModel().getComponentSize(0);
    int most = (1 << bits) - 1;
    int[] samples = raster.getSamples(0, y, row.length, 1, 0, (int[]) null);
    for (int x = 0; x < row.length; x++) {
      int level = (samples[x] * 255 + most / 2) / most;
      row[x] = (level << 16) | (level << 8) | level;
    }
  }
}

package org.explain4j.datasets.folder;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Image files of the kinds that are met. */
final class Pictures {
  /** APP14, version 100, no flags, transform 0: inks as they are. */
  private static final byte[] ADOBE = {
    (byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0
  };

  private Pictures() {}

  /** One colour. */
  static BufferedImage plain(int width, int height, int rgb) {
    return plain(width, height, rgb, BufferedImage.TYPE_INT_RGB);
  }

  static BufferedImage plain(int width, int height, int rgb, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, rgb);
      }
    }
    return image;
  }

  /** Red grows to the right, green downwards. */
  static BufferedImage slopes(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, ((255 * x / (width - 1)) << 16) | ((255 * y / (height - 1)) << 8) | 64);
      }
    }
    return image;
  }

  /** Grey with the sample itself set, not a colour converted. */
  static BufferedImage grey(int width, int height, int sample) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.getRaster().setSample(x, y, 0, sample);
      }
    }
    return image;
  }

  static byte[] file(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, bytes)) {
      throw new IOException("no writer for " + format);
    }
    return bytes.toByteArray();
  }

  /**
   * A CMYK JPEG as Photoshop writes it: inverted, with an Adobe marker that says that nothing was
   * transformed.
   */
  static byte[] cmyk(int width, int height, int... inks) throws IOException {
    WritableRaster raster = Raster.createInterleavedRaster(0, width, height, 4, null);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int band = 0; band < 4; band++) {
          raster.setSample(x, y, band, 255 - inks[band]);
        }
      }
    }
    ImageWriter writer = jdkWriter();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(raster, null, null), null);
    } finally {
      writer.dispose();
    }
    ByteArrayOutputStream marked = new ByteArrayOutputStream();
    marked.write(bytes.toByteArray(), 0, 2);
    marked.write(ADOBE);
    marked.write(bytes.toByteArray(), 2, bytes.size() - 2);
    return marked.toByteArray();
  }

  private static ImageWriter jdkWriter() throws IOException {
    var writers = ImageIO.getImageWritersByFormatName("jpeg");
    while (writers.hasNext()) {
      ImageWriter writer = writers.next();
      if (writer.getClass().getName().startsWith("com.sun.")) {
        return writer;
      }
    }
    throw new IOException("no JPEG writer");
  }
}

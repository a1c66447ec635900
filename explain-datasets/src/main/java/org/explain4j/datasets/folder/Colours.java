package org.explain4j.datasets.folder;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * From the samples of an image to red, green and blue of 8 bits. Samples are taken as they are
 * stored: Java would convert them by the colour profile, and would brighten grey, which it takes to
 * be linear; Pillow, and so torchvision, do neither.
 */
final class Colours {
  private Colours() {}

  /** The image as {@link BufferedImage#TYPE_INT_RGB}; transparency is dropped. */
  static BufferedImage rgb(BufferedImage image) {
    int width = image.getWidth();
    BufferedImage rgb = new BufferedImage(width, image.getHeight(), BufferedImage.TYPE_INT_RGB);
    int[] row = new int[width];
    for (int y = 0; y < image.getHeight(); y++) {
      row(image, y, row);
      rgb.getRaster().setDataElements(0, y, width, 1, row);
    }
    return rgb;
  }

  private static void row(BufferedImage image, int y, int[] row) {
    ColorModel model = image.getColorModel();
    int kind = model.getColorSpace().getType();
    if (model instanceof IndexColorModel) {
      image.getRGB(0, y, row.length, 1, row, 0, row.length);
      return;
    }
    int bits = model.getComponentSize(0);
    if (kind == ColorSpace.TYPE_GRAY) {
      int[] grey = samples(image.getRaster(), y, 0, bits);
      colours(row, grey, grey, grey);
    } else if (kind == ColorSpace.TYPE_RGB) {
      colours(
          row,
          samples(image.getRaster(), y, 0, bits),
          samples(image.getRaster(), y, 1, bits),
          samples(image.getRaster(), y, 2, bits));
    } else if (kind == ColorSpace.TYPE_CMYK) {
      for (int x = 0; x < row.length; x++) {
        int[] inks = image.getRaster().getPixel(x, y, (int[]) null);
        row[x] = printed(255 - inks[0], 255 - inks[1], 255 - inks[2], 255 - inks[3]);
      }
    } else {
      image.getRGB(0, y, row.length, 1, row, 0, row.length);
    }
  }

  private static int[] samples(Raster raster, int y, int band, int bits) {
    int[] samples =
        raster.getSamples(
            raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, band, (int[]) null);
    int most = (1 << bits) - 1;
    for (int x = 0; bits != 8 && x < samples.length; x++) {
      samples[x] = bits == 16 ? samples[x] >> 8 : (samples[x] * 255 + most / 2) / most;
    }
    return samples;
  }

  private static void colours(int[] row, int[] red, int[] green, int[] blue) {
    for (int x = 0; x < row.length; x++) {
      row[x] = (red[x] << 16) | (green[x] << 8) | blue[x];
    }
  }

  /**
   * The four samples of a JPEG with inks, which by Adobe's convention are stored inverted.
   *
   * @param transformed whether the first three are brightness and colours (YCCK)
   */
  static BufferedImage printed(Raster raster, boolean transformed) {
    BufferedImage rgb =
        new BufferedImage(raster.getWidth(), raster.getHeight(), BufferedImage.TYPE_INT_RGB);
    int[] samples = new int[4];
    for (int y = 0; y < raster.getHeight(); y++) {
      for (int x = 0; x < raster.getWidth(); x++) {
        raster.getPixel(raster.getMinX() + x, raster.getMinY() + y, samples);
        if (transformed) {
          inverted(samples);
        }
        rgb.setRGB(x, y, printed(samples[0], samples[1], samples[2], samples[3]));
      }
    }
    return rgb;
  }

  /** From YCbCr to the inverted inks, as libjpeg does (ITU-R BT.601). */
  private static void inverted(int[] samples) {
    double y = samples[0];
    double blue = samples[1] - 128;
    double red = samples[2] - 128;
    samples[0] = 255 - byteOf(y + 1.402 * red);
    samples[1] = 255 - byteOf(y - 0.344136286 * blue - 0.714136286 * red);
    samples[2] = 255 - byteOf(y + 1.772 * blue);
  }

  private static int byteOf(double value) {
    return (int) Math.max(0, Math.min(255, Math.round(value)));
  }

  /** What is left of white: the paper's share times the black's, rounded as Pillow does. */
  private static int printed(int cyan, int magenta, int yellow, int black) {
    return (product(cyan, black) << 16) | (product(magenta, black) << 8) | product(yellow, black);
  }

  private static int product(int a, int b) {
    int sum = a * b + 128;
    return ((sum >> 8) + sum) >> 8;
  }
}

package org.explain4j.datasets.folder;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Locale;

/**
 * From an image of any size to a network's input.
 *
 * @param resize length that the short side gets; 0 to leave it
 * @param crop side of the square cut from the middle; 0 to take the whole image. What an image
 *     lacks, where it is not resized, is black on both sides of it
 * @param channels 3 for red, green, blue (grey images repeat theirs), 1 for grey (colours by their
 *     luma, ITU-R BT.601)
 */
record Framing(int resize, int crop, int channels) {

  Framing {
    if (resize < 0 || crop < 0 || (resize > 0 && crop > resize)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The crop (%d) is larger than the short side (%d), or one is negative.\nMaybe set image-folder.resize to %d.",
              crop,
              resize,
              Math.max(crop, 0) * 8 / 7));
    }
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Images have 1 or 3 channels, not %d.\nMaybe set image-folder.channels to 3.",
              channels));
    }
  }

  /** An image of {@link BufferedImage#TYPE_INT_RGB}, resized and cropped. */
  BufferedImage frame(BufferedImage image) {
    int width = resized(image.getWidth(), image.getWidth(), image.getHeight());
    int height = resized(image.getHeight(), image.getWidth(), image.getHeight());
    BufferedImage resized =
        width == image.getWidth() && height == image.getHeight()
            ? image
            : Resampling.resize(image, width, height);
    if (crop == 0) {
      return resized;
    }
    if (pads(width, height)) {
      BufferedImage padded = new BufferedImage(crop, crop, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = padded.createGraphics();
      graphics.drawImage(resized, -margin(width), -margin(height), null);
      graphics.dispose();
      return padded;
    }
    return resized.getSubimage(margin(width), margin(height), crop, crop);
  }

  /** Whether an image of this size lacks something of the square. */
  boolean pads(int width, int height) {
    return resize == 0 && Math.min(width, height) < crop;
  }

  /**
   * A mask framed as its image: each pixel is that of the nearest place, 1 inside and 0 outside,
   * row after row, written from {@code at} on.
   */
  void pixels(Mask mask, float[] values, int at) {
    int width = resized(mask.width(), mask.width(), mask.height());
    int height = resized(mask.height(), mask.width(), mask.height());
    int columns = crop == 0 ? width : crop;
    int rows = crop == 0 ? height : crop;
    int left = crop == 0 ? 0 : margin(width);
    int top = crop == 0 ? 0 : margin(height);
    for (int y = 0; y < rows; y++) {
      int v = (int) Math.floor((y + top + 0.5) * mask.height() / height);
      for (int x = 0; x < columns; x++) {
        int u = (int) Math.floor((x + left + 0.5) * mask.width() / width);
        values[at + y * columns + x] = mask.holds(u, v) ? 1 : 0;
      }
    }
  }

  /**
   * What torchvision cuts off before the middle, rounding halves to even as Python does; negative:
   * what it adds, rounding halves down.
   */
  private int margin(int length) {
    return length < crop ? -((crop - length) / 2) : (int) Math.rint((length - crop) / 2.0);
  }

  /** The short side gets the target, the long one what is in proportion, without a fraction. */
  private int resized(int length, int width, int height) {
    int side = Math.min(width, height);
    int target = resize > 0 ? resize : side;
    return (int) ((long) target * length / side);
  }

  /** Pixels in [0,1], {@code [channels,h,w]} one after another, written from {@code at} on. */
  void pixels(BufferedImage image, float[] values, int at) {
    int width = image.getWidth();
    int plane = width * image.getHeight();
    int[] row = new int[width];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRaster().getDataElements(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        int red = (row[x] >> 16) & 0xff;
        int green = (row[x] >> 8) & 0xff;
        int blue = row[x] & 0xff;
        int place = at + y * width + x;
        if (channels == 1) {
          values[place] = (299 * red + 587 * green + 114 * blue) / 255000f;
        } else {
          values[place] = red / 255f;
          values[place + plane] = green / 255f;
          values[place + 2 * plane] = blue / 255f;
        }
      }
    }
  }
}

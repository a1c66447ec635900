package org.explain4j.datasets.folder;

import java.awt.image.BufferedImage;

/**
 * From an image of any size to a network's input.
 *
 * @param resize length that the short side gets; 0 to leave it
 * @param crop side of the square cut from the middle; 0 to take the whole image. An image whose
 *     short side is smaller is enlarged to it
 * @param channels 3 for red, green, blue (grey images repeat theirs), 1 for grey (colours by their
 *     luma, ITU-R BT.601)
 */
record Framing(int resize, int crop, int channels) {

  Framing {
    if (resize < 0 || crop < 0 || (resize > 0 && crop > resize)) {
      throw new IllegalArgumentException(
          "The crop (%d) is larger than the short side (%d), or one is negative.\nMaybe set dataset.resize to %d."
              .formatted(crop, resize, Math.max(crop, 0) * 8 / 7));
    }
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException(
          "Images have 1 or 3 channels, not %d.\nMaybe set dataset.channels to 3."
              .formatted(channels));
    }
  }

  /** An image of {@link BufferedImage#TYPE_INT_RGB}, resized and cropped. */
  BufferedImage frame(BufferedImage image) {
    int side = Math.min(image.getWidth(), image.getHeight());
    int target = resize > 0 ? resize : Math.max(side, crop);
    BufferedImage resized = target == side ? image : resample(image, (double) target / side);
    if (crop == 0) {
      return resized;
    }
    int left = (resized.getWidth() - crop) / 2;
    int top = (resized.getHeight() - crop) / 2;
    return resized.getSubimage(left, top, crop, crop);
  }

  private static BufferedImage resample(BufferedImage image, double factor) {
    int width = Math.max(1, (int) Math.round(image.getWidth() * factor));
    int height = Math.max(1, (int) Math.round(image.getHeight() * factor));
    return Resampling.resize(image, width, height);
  }

  /** Pixels in [0,1], {@code [channels,h,w]} one after the other, written from {@code at} on. */
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

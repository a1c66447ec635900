package org.explain4j.reports.pictures;

import java.awt.image.BufferedImage;
import java.util.Locale;

/**
 * Values of one image {@code [c,h,w]}.
 *
 * @param values in this order; NaN and infinity are drawn as zero and counted
 */
public record Picture(int channels, int height, int width, float[] values) {

  public Picture {
    if (values.length != channels * height * width) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d values do not make an image of %d x %d x %d.",
              values.length,
              channels,
              height,
              width));
    }
  }

  /** Number of values that are NaN or infinite. */
  public int unusable() {
    int count = 0;
    for (float value : values) {
      count += Float.isFinite(value) ? 0 : 1;
    }
    return count;
  }

  /** Means of square blocks, so that no side is longer than {@code side}. */
  public Picture atMost(int side) {
    int block = Math.max(1, (int) Math.ceil(Math.max(height, width) / (double) side));
    if (block == 1) {
      return this;
    }
    int h = (height + block - 1) / block;
    int w = (width + block - 1) / block;
    float[] means = new float[channels * h * w];
    for (int i = 0; i < means.length; i++) {
      means[i] = mean(i / (h * w), i / w % h * block, i % w * block, block);
    }
    return new Picture(channels, h, w, means);
  }

  private float mean(int channel, int top, int left, int block) {
    double sum = 0;
    int count = 0;
    for (int y = top; y < Math.min(height, top + block); y++) {
      for (int x = left; x < Math.min(width, left + block); x++) {
        sum += at(channel, y, x);
        count++;
      }
    }
    return (float) (sum / count);
  }

  private float at(int channel, int y, int x) {
    float value = values[(channel * height + y) * width + x];
    return Float.isFinite(value) ? value : 0;
  }

  /**
   * What full colour stands for: the size that 99.5 % of the values do not exceed.
   *
   * @param signal whether of each value, or of the sums over channels
   */
  public double limit(boolean signal) {
    return signal ? new HeatMap(channels * height, width, values).limit() : sums().limit();
  }

  private HeatMap sums() {
    float[] finite = new float[values.length];
    for (int i = 0; i < finite.length; i++) {
      finite[i] = Float.isFinite(values[i]) ? values[i] : 0;
    }
    return HeatMap.of(channels, height, width, finite);
  }

  /**
   * Pixels in [0,1], unchanged.
   *
   * @param photo whether it may be stored with small losses
   */
  public String pixels(boolean photo) {
    return file(photo).dataUri(pixels());
  }

  /** Pixels in [0,1], unchanged. */
  public BufferedImage pixels() {
    return colours(1, 0);
  }

  private static ImageFile file(boolean photo) {
    return photo ? ImageFile.JPEG : ImageFile.PNG;
  }

  /**
   * A heat map of the sum over channels, or a signal: {@code x / (2 limit) + 1/2} in each channel
   * (Kindermans et al., Fig. 5, which takes the maximum as the limit).
   *
   * @param signal which of them
   */
  public BufferedImage shown(boolean signal) {
    double limit = signal ? limit(true) : 0;
    return signal ? colours(limit == 0 ? 0 : 1 / (2 * limit), .5) : map();
  }

  /** A heat map of the sum over channels. */
  public String heatMap() {
    return ImageFile.PNG.dataUri(map());
  }

  private BufferedImage map() {
    HeatMap sums = sums();
    double limit = sums.limit();
    BufferedImage image =
        new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, ColourMap.MODEL);
    for (int i = 0; i < height * width; i++) {
      double share = limit == 0 ? 0 : sums.values()[i] / limit;
      image.getRaster().setSample(i % width, i / width, 0, ColourMap.index(share));
    }
    return image;
  }

  private BufferedImage colours(double scale, double offset) {
    boolean colour = channels == 3;
    BufferedImage image =
        new BufferedImage(
            width, height, colour ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_BYTE_GRAY);
    for (int c = 0; c < (colour ? 3 : 1); c++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          double value = at(c, y, x) * scale + offset;
          image
              .getRaster()
              .setSample(x, y, c, (int) Math.round(255 * Math.max(0, Math.min(1, value))));
        }
      }
    }
    return image;
  }
}

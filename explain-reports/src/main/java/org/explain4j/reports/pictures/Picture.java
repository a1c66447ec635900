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

  private float largest() {
    float largest = 0;
    for (float value : values) {
      largest = Float.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest;
    }
    return largest;
  }

  /** Pixels in [0,1], unchanged. */
  public String pixels() {
    return colours(1, 0);
  }

  /** A signal, {@code x / (2 max|x|) + 1/2} in each channel (Kindermans et al., Fig. 5). */
  public String signal() {
    float largest = largest();
    return colours(largest == 0 ? 0 : 1 / (2 * largest), .5f);
  }

  /** A heat map: the sum over channels, divided by its largest absolute value. */
  public String heatMap() {
    float[] sums = new float[height * width];
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += at(c, i / width, i % width);
      }
    }
    float largest = new Picture(1, height, width, sums).largest();
    BufferedImage image =
        new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, ColourMap.MODEL);
    for (int i = 0; i < sums.length; i++) {
      image
          .getRaster()
          .setSample(
              i % width, i / width, 0, ColourMap.index(largest == 0 ? 0 : sums[i] / largest));
    }
    return ImageFile.PNG.dataUri(image);
  }

  private String colours(float scale, float offset) {
    BufferedImage image =
        new BufferedImage(
            width,
            height,
            channels == 3 ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_BYTE_GRAY);
    for (int c = 0; c < (channels == 3 ? 3 : 1); c++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          double value = at(c, y, x) * scale + offset;
          image
              .getRaster()
              .setSample(x, y, c, (int) Math.round(255 * Math.max(0, Math.min(1, value))));
        }
      }
    }
    return ImageFile.PNG.dataUri(image);
  }
}

package org.explain4j.reports.pictures;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What an explanation says of each pixel: vermillion for, blue against, white nothing. Full colour
 * is at the size that 99.5 % of the values do not exceed, so that single large values do not leave
 * the rest white.
 *
 * @param values row after row; NaN and infinity are drawn as zero
 */
public record HeatMap(int height, int width, float[] values) {
  /** Share of the values that keep their colour; the others get the strongest. */
  public static final double KEPT = 0.995;

  /** How much of the photo is left under full colour, and how light it is elsewhere. */
  private static final double COVER = 0.95;

  private static final double FADED = 0.55;
  private static final double OUTSIDE = 0.85;

  /** Makes small values visible beside large ones. */
  private static final double GAMMA = 0.4;

  public HeatMap {
    if (values.length != height * width || values.length == 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d values do not make a map of %d x %d.",
              values.length,
              height,
              width));
    }
  }

  /**
   * The sum over an attribution's channels.
   *
   * @param attribution of one image, {@code [1,c,h,w]} or {@code [c,h,w]}; not changed
   * @throws IllegalArgumentException if it has another shape
   */
  public static HeatMap of(INDArray attribution) {
    int rank = attribution.rank();
    if (rank < 3 || rank > 4 || (rank == 4 && attribution.size(0) != 1)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "An attribution of shape %s is not that of one image, [1,c,h,w].",
              Arrays.toString(attribution.shape())));
    }
    return of(
        (int) attribution.size(rank - 3),
        (int) attribution.size(rank - 2),
        (int) attribution.size(rank - 1),
        attribution.dup('c').data().asFloat());
  }

  /**
   * The sum over an attribution's channels.
   *
   * @param values {@code [c,h,w]}, such as {@code attributions.toFloatVector()} of one image
   */
  public static HeatMap of(int channels, int height, int width, float... values) {
    float[] sums = new float[height * width];
    for (int i = 0; i < channels * sums.length; i++) {
      sums[i % sums.length] += values[i];
    }
    return new HeatMap(height, width, sums);
  }

  /**
   * What full colour stands for; 0 for a map without a value other than 0.
   *
   * @return the 99.5 % quantile of the finite values' sizes, or the largest if that is 0
   */
  public double limit() {
    double[] sizes = new double[values.length];
    int count = 0;
    for (float value : values) {
      if (Float.isFinite(value)) {
        sizes[count++] = Math.abs(value);
      }
    }
    if (count == 0) {
      return 0;
    }
    Arrays.sort(sizes, 0, count);
    double limit = sizes[(int) Math.ceil(KEPT * count) - 1];
    return limit > 0 ? limit : sizes[count - 1];
  }

  /** A sentence for the reader, if the map shows nothing, or less than it seems. */
  public Optional<String> remark() {
    int unusable = 0;
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      unusable += Float.isFinite(value) ? 0 : 1;
      least = Float.isFinite(value) ? Math.min(least, value) : least;
      most = Float.isFinite(value) ? Math.max(most, value) : most;
    }
    if (unusable > 0) {
      return Optional.of(
          String.format(
              Locale.ROOT, "%d of %d values are NaN or infinite", unusable, values.length));
    }
    return least == most
        ? Optional.of(String.format(Locale.ROOT, "flat: every value is %s", least))
        : Optional.empty();
  }

  /**
   * The map at any size.
   *
   * @param smooth whether values between the map's pixels are interpolated
   */
  public BufferedImage image(int toWidth, int toHeight, boolean smooth) {
    BufferedImage image = new BufferedImage(toWidth, toHeight, BufferedImage.TYPE_INT_RGB);
    double limit = limit();
    for (int y = 0; y < toHeight; y++) {
      for (int x = 0; x < toWidth; x++) {
        image.setRGB(x, y, colour(share(x, y, toWidth, toHeight, smooth, limit)));
      }
    }
    return image;
  }

  /**
   * The map over a photo that is faded to grey, in the photo's own size.
   *
   * @param part of the photo that the map belongs to; what is outside fades more
   */
  public BufferedImage over(BufferedImage photo, Rectangle part, boolean smooth) {
    BufferedImage image =
        new BufferedImage(photo.getWidth(), photo.getHeight(), BufferedImage.TYPE_INT_RGB);
    double limit = limit();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        if (!part.contains(x, y)) {
          image.setRGB(x, y, grey(photo.getRGB(x, y), OUTSIDE));
          continue;
        }
        double share = share(x - part.x, y - part.y, part.width, part.height, smooth, limit);
        double cover = COVER * Math.pow(Math.abs(share), GAMMA);
        image.setRGB(
            x, y, mixed(grey(photo.getRGB(x, y), FADED), colour(Math.signum(share)), cover));
      }
    }
    return image;
  }

  /** The value at a pixel of an enlarged map, as a share of the limit. */
  double share(int x, int y, int toWidth, int toHeight, boolean smooth, double limit) {
    if (limit == 0) {
      return 0;
    }
    double across = (x + 0.5) * width / toWidth;
    double down = (y + 0.5) * height / toHeight;
    return Math.max(-1, Math.min(1, value(across, down, smooth) / limit));
  }

  private double value(double across, double down, boolean smooth) {
    if (!smooth) {
      return at((int) across, (int) down);
    }
    int x = (int) Math.floor(across - 0.5);
    int y = (int) Math.floor(down - 0.5);
    double right = across - 0.5 - x;
    double below = down - 0.5 - y;
    return (1 - below) * ((1 - right) * at(x, y) + right * at(x + 1, y))
        + below * ((1 - right) * at(x, y + 1) + right * at(x + 1, y + 1));
  }

  private double at(int x, int y) {
    float value =
        values[Math.max(0, Math.min(height - 1, y)) * width + Math.max(0, Math.min(width - 1, x))];
    return Float.isFinite(value) ? value : 0;
  }

  static int colour(double share) {
    return ColourMap.MODEL.getRGB(ColourMap.index(share));
  }

  private static int grey(int rgb, double white) {
    double luma = 0.299 * ((rgb >> 16) & 0xff) + 0.587 * ((rgb >> 8) & 0xff) + 0.114 * (rgb & 0xff);
    int level = (int) Math.round(luma + white * (255 - luma));
    return level << 16 | level << 8 | level;
  }

  private static int mixed(int below, int above, double cover) {
    int mixed = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double level = (1 - cover) * ((below >> shift) & 0xff) + cover * ((above >> shift) & 0xff);
      mixed |= (int) Math.round(level) << shift;
    }
    return mixed;
  }
}

package org.explain4j.reports.pictures;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A signal in input space, with its colours: {@code x / (2 limit) + 1/2} in each channel
 * (Kindermans et al., Fig. 5, which takes the maximum as the limit). The limit is the size that
 * 99.5 % of the values do not exceed.
 *
 * @param channels 3 for red, green, blue, or 1
 */
public record SignalMap(int channels, int height, int width, float[] values) {

  /** The signal at any size; values beyond the limit are black or full. */
  public BufferedImage image(int toWidth, int toHeight, boolean smooth) {
    int size = height * width;
    double limit = new HeatMap(channels * height, width, values).limit();
    HeatMap[] planes =
        IntStream.range(0, channels)
            .mapToObj(
                c ->
                    new HeatMap(
                        height, width, Arrays.copyOfRange(values, c * size, (c + 1) * size)))
            .toArray(HeatMap[]::new);
    BufferedImage image = new BufferedImage(toWidth, toHeight, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < toHeight; y++) {
      for (int x = 0; x < toWidth; x++) {
        int colour = 0;
        for (int c = 0; c < 3; c++) {
          double share = planes[c % channels].share(x, y, toWidth, toHeight, smooth, limit);
          colour = colour << 8 | (int) Math.round(255 * (share + 1) / 2);
        }
        image.setRGB(x, y, colour);
      }
    }
    return image;
  }
}

package org.explain4j.reports.pictures;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/**
 * The edge of what a mask marks, drawn over pictures of the same image.
 *
 * @param inside {@code [h*w]}
 */
public record Outline(int height, int width, boolean[] inside) {
  /** Of the colours that everyone tells apart (Okabe and Ito), one that maps do not have. */
  static final Color COLOUR = new Color(0, 158, 115);

  /** The least longer side of a picture with an outline, so that lines are thinner than pixels. */
  private static final int LEAST = 160;

  /** Width of a line as a share of a pixel. */
  private static final int THINNER = 7;

  /** The picture, each pixel as a square of several, with lines along the edge inside of it. */
  public BufferedImage over(BufferedImage picture) {
    int longer = Math.max(picture.getWidth(), picture.getHeight());
    int times = Math.max(1, (int) Math.ceil(LEAST / (double) longer));
    BufferedImage image =
        new BufferedImage(
            times * picture.getWidth(), times * picture.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, picture.getRGB(x / times, y / times));
      }
    }
    graphics.setColor(COLOUR);
    int thick = Math.max(1, times / THINNER);
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        if (isInside(picture, y, x)) {
          edges(graphics, picture, new int[] {y, x}, times, thick);
        }
      }
    }
    graphics.dispose();
    return image;
  }

  private void edges(
      Graphics2D graphics, BufferedImage picture, int[] pixel, int times, int thick) {
    int top = pixel[0] * times;
    int left = pixel[1] * times;
    if (!isInside(picture, pixel[0] - 1, pixel[1])) {
      graphics.fillRect(left, top, times, thick);
    }
    if (!isInside(picture, pixel[0] + 1, pixel[1])) {
      graphics.fillRect(left, top + times - thick, times, thick);
    }
    if (!isInside(picture, pixel[0], pixel[1] - 1)) {
      graphics.fillRect(left, top, thick, times);
    }
    if (!isInside(picture, pixel[0], pixel[1] + 1)) {
      graphics.fillRect(left + times - thick, top, thick, times);
    }
  }

  /** Whether the mask marks the centre of a pixel of a picture, which may be smaller than it. */
  private boolean isInside(BufferedImage picture, int y, int x) {
    if (y < 0 || x < 0 || y >= picture.getHeight() || x >= picture.getWidth()) {
      return false;
    }
    int row = (int) ((y + 0.5) * height / picture.getHeight());
    int column = (int) ((x + 0.5) * width / picture.getWidth());
    return inside[row * width + column];
  }
}

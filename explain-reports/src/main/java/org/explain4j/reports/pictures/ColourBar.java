package org.explain4j.reports.pictures;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Locale;

/** The scale beside a heat map. */
public final class ColourBar {
  private static final int INK = 0x1d232b;

  private ColourBar() {}

  /**
   * The picture with a scale on its right.
   *
   * @param limit what full colour stands for
   */
  public static BufferedImage beside(BufferedImage picture, double limit) {
    int height = picture.getHeight();
    float size = Math.max(10, Math.min(40, height / 24f));
    Font font = BundledFont.get().deriveFont(size);
    int gap = Math.round(size / 2);
    int bar = Math.round(size);
    String[] labels = {text(limit), "0", text(-limit)};
    int text = 0;
    FontMetrics metrics = picture.createGraphics().getFontMetrics(font);
    for (String label : labels) {
      text = Math.max(text, metrics.stringWidth(label));
    }
    int left = picture.getWidth() + gap;
    BufferedImage whole =
        new BufferedImage(left + bar + gap + text + gap, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = whole.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, whole.getWidth(), height);
    graphics.drawImage(picture, 0, 0, null);
    for (int y = 0; y < height; y++) {
      graphics.setColor(new Color(HeatMap.colour(1 - 2.0 * y / Math.max(1, height - 1))));
      graphics.fillRect(left, y, bar, 1);
    }
    graphics.setColor(new Color(INK));
    graphics.drawRect(left, 0, bar - 1, height - 1);
    graphics.setFont(font);
    int line = metrics.getAscent();
    graphics.drawString(labels[0], left + bar + gap, line);
    graphics.drawString(labels[1], left + bar + gap, (height + line) / 2);
    graphics.drawString(labels[2], left + bar + gap, height - metrics.getDescent());
    graphics.dispose();
    return whole;
  }

  private static String text(double limit) {
    return String.format(Locale.ROOT, "%.2g", limit).replace('-', '−');
  }
}

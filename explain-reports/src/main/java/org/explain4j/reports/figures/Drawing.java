package org.explain4j.reports.figures;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.ViewBox;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.pdf.PDFProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Color;
import java.awt.Component;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.explain4j.reports.charts.Palette;
import org.explain4j.reports.pictures.BundledFont;
import org.explain4j.reports.pictures.ImageFile;

/**
 * A drawing of the page in the formats of files, on white and in the colours of print. The same
 * drawing gives the same bytes.
 *
 * @param svg that stands alone
 * @param width in CSS pixels; likewise the height
 */
record Drawing(String svg, double width, double height) {
  /** More than a screen's 96: papers have smaller figures, with text of 6.5 points. */
  private static final double PIXELS_PER_INCH = 144;

  private static final double MILLIMETRES_PER_INCH = 25.4;

  /** Of a PNG: more would not fit into the memory of a small machine. */
  private static final double MOST_PIXELS = 3e7;

  private static final Pattern VIEW =
      Pattern.compile("<svg [^>]*viewBox=\"\\S+ \\S+ (\\S+) ([^\"\\s]+)\"");

  /**
   * @param element an SVG element of the page, whose colours are the page's variables
   */
  static Drawing of(String element) {
    Matcher view = VIEW.matcher(element);
    if (!view.find()) {
      throw new IllegalArgumentException("An SVG element without a viewBox has no size.");
    }
    String size =
        String.format(
            Locale.ROOT,
            "<svg width=\"%s\" height=\"%s\" font-family=\"%s, Arial, Helvetica, sans-serif\""
                + " font-size=\"13\" ",
            view.group(1),
            view.group(2),
            BundledFont.get().getFamily(Locale.ROOT));
    String alone = Palette.printed(element).replaceFirst("<svg ", Matcher.quoteReplacement(size));
    return new Drawing(alone, Double.parseDouble(view.group(1)), Double.parseDouble(view.group(2)));
  }

  /** The bytes of an SVG file. */
  byte[] svgFile() {
    return (svg + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** The bytes of a PNG file with 300 dots per inch, fewer if it had too many in all. */
  byte[] pngFile() {
    double scale = ImageFile.DOTS_PER_INCH / PIXELS_PER_INCH;
    scale = Math.min(scale, Math.sqrt(MOST_PIXELS / (width * height)));
    BufferedImage image =
        new BufferedImage(
            (int) Math.ceil(width * scale),
            (int) Math.ceil(height * scale),
            BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    draw(graphics, scale);
    graphics.dispose();
    return ImageFile.png(image, scale * PIXELS_PER_INCH);
  }

  /** The bytes of a PDF file of one page in the drawing's size. */
  byte[] pdfFile() {
    double scale = MILLIMETRES_PER_INCH / PIXELS_PER_INCH;
    VectorGraphics2D graphics = new VectorGraphics2D();
    draw(graphics, scale);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      new PDFProcessor(true)
          .getDocument(graphics.getCommands(), new PageSize(width * scale, height * scale))
          .writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory has no errors of its own
    }
    return bytes.toByteArray();
  }

  private void draw(Graphics2D graphics, double scale) {
    SVGDocument document =
        Objects.requireNonNull(
            new SVGLoader()
                .load(
                    new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)),
                    null,
                    LoaderContext.createDefault()),
            "the drawing is not SVG");
    graphics.scale(scale, scale);
    document.render((Component) null, graphics, new ViewBox((float) width, (float) height));
  }
}

package org.explain4j.reports.pictures;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.explain4j.network.files.Reason;

/**
 * The font that charts are measured with. On a machine without any font, as containers are, Java's
 * graphics fails before it looks at this one; it is then told of it as the machine's only font.
 */
public final class BundledFont {
  private static final String NAME = "LiberationSans-Regular.ttf";
  private static final String CONFIGURATION = "sun.awt.fontconfig";

  private static final float SIZE = 14;

  private static Font font; // once it was needed; not in an initialiser, whose errors are wrapped

  private BundledFont() {}

  /**
   * The font, registered with Java's graphics.
   *
   * @throws UncheckedIOException if the folder for temporary files cannot be written; the message
   *     names the option that chooses another
   */
  public static synchronized Font get() {
    if (font == null) {
      font = load();
    }
    return font;
  }

  private static Font load() {
    try {
      return fromFile();
    } catch (IOException | InternalError e) {
      try {
        beTheOnlyFont();
        return fromFile();
      } catch (IOException | InternalError again) {
        again.addSuppressed(e);
        throw new UncheckedIOException(
            new IOException(
                String.format(
                    Locale.ROOT,
                    "Charts need a font, which Java reads from the folder for temporary files, %s:"
                        + " %s\n"
                        + "Maybe free some space there, or choose another folder:"
                        + " JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=DIR.",
                    System.getProperty("java.io.tmpdir"),
                    Reason.of(again)),
                again));
      }
    }
  }

  private static Font fromFile() throws IOException {
    try (InputStream file = BundledFont.class.getResourceAsStream(NAME)) {
      Font font = Font.createFont(Font.TRUETYPE_FONT, file).deriveFont(SIZE);
      GraphicsEnvironment.getLocalGraphicsEnvironment().registerFont(font);
      return font;
    } catch (FontFormatException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes the font and a configuration that names it, and nothing else, for every style. */
  private static void beTheOnlyFont() throws IOException {
    Path folder = Files.createTempDirectory("explain4j-font");
    Path font = folder.resolve(NAME);
    Path configuration = folder.resolve("fontconfig.properties");
    for (Path written : new Path[] {folder, font, configuration}) { // deleted in reverse order
      written.toFile().deleteOnExit();
    }
    try (InputStream file = BundledFont.class.getResourceAsStream(NAME)) {
      Files.copy(file, font, StandardCopyOption.REPLACE_EXISTING);
    }
    StringBuilder text = new StringBuilder("version=1\nsequence.allfonts=latin-1\n");
    for (String family :
        new String[] {"serif", "sansserif", "monospaced", "dialog", "dialoginput"}) {
      for (String style : new String[] {"plain", "bold", "italic", "bolditalic"}) {
        text.append(family).append('.').append(style).append(".latin-1=Bundled\n");
      }
    }
    text.append("filename.Bundled=").append(font).append('\n');
    Files.writeString(configuration, text);
    System.setProperty(CONFIGURATION, configuration.toString());
  }
}

package org.explain4j.datasets.folder;

import com.twelvemonkeys.imageio.metadata.Directory;
import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Which way up a photograph is taken to be. */
public enum Orientation {
  /** As its pixels are stored, whatever the camera recorded, as in torchvision. */
  STORED,
  /** Turned as its EXIF data say, as in programs that show photographs. */
  EXIF;

  private static final int UPRIGHT = 1;

  /** An image of {@link BufferedImage#TYPE_INT_RGB}, turned or mirrored if necessary. */
  BufferedImage turned(BufferedImage image, Segments file) {
    int code = this == STORED ? UPRIGHT : file.exif().map(Orientation::code).orElse(UPRIGHT);
    return code <= UPRIGHT || code > 8 ? image : turned(image, code);
  }

  /** Damaged EXIF data say nothing. */
  private static int code(byte[] exif) {
    try (MemoryCacheImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(exif))) {
      Directory directory = new TIFFReader().read(in);
      return Optional.ofNullable(directory.getEntryById(TIFF.TAG_ORIENTATION))
          .map(Entry::getValue)
          .filter(Number.class::isInstance)
          .map(value -> ((Number) value).intValue())
          .orElse(UPRIGHT);
    } catch (IOException | RuntimeException e) {
      return UPRIGHT;
    }
  }

  /**
   * @param code EXIF's: 2 to 4 mirror or turn by 180 degrees, 5 to 8 exchange rows and columns
   */
  private static BufferedImage turned(BufferedImage image, int code) {
    boolean exchange = code > 4;
    int width = exchange ? image.getHeight() : image.getWidth();
    int height = exchange ? image.getWidth() : image.getHeight();
    BufferedImage result = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    boolean fromRight = code == 2 || code == 3 || code == 7 || code == 8;
    boolean fromBelow = code == 3 || code == 4 || code == 6 || code == 7;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int column = exchange ? y : x;
        int row = exchange ? x : y;
        result.setRGB(
            x,
            y,
            image.getRGB(
                fromRight ? image.getWidth() - 1 - column : column,
                fromBelow ? image.getHeight() - 1 - row : row));
      }
    }
    return result;
  }
}

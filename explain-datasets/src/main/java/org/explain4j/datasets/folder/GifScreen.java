package org.explain4j.datasets.folder;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The first frame of a GIF at its place on the screen that the file describes. Around it is the
 * frame's transparent colour, or the first of its palette, as Pillow fills it.
 */
final class GifScreen {
  private GifScreen() {}

  /**
   * @param reader with its input set, metadata included
   * @param limit pixels that the screen may have
   * @return {@link BufferedImage#TYPE_INT_RGB}
   */
  static BufferedImage read(ImageReader reader, long limit) throws IOException {
    IIOMetadata stream = reader.getStreamMetadata();
    int width = number(stream, "LogicalScreenDescriptor", "logicalScreenWidth");
    int height = number(stream, "LogicalScreenDescriptor", "logicalScreenHeight");
    BufferedImage frame = reader.read(0);
    IIOMetadata image = reader.getImageMetadata(0);
    int left = number(image, "ImageDescriptor", "imageLeftPosition");
    int top = number(image, "ImageDescriptor", "imageTopPosition");
    width = Math.max(width, left + frame.getWidth());
    height = Math.max(height, top + frame.getHeight());
    if ((long) width * height > limit) {
      throw new IOException(
          String.format(Locale.ROOT, "%d x %d pixels are too many", width, height));
    }
    BufferedImage pixels = Colours.rgb(frame);
    if (width == frame.getWidth() && height == frame.getHeight()) {
      return pixels;
    }
    BufferedImage screen = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int background = background(frame);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        screen.setRGB(x, y, background);
      }
    }
    screen.getRaster().setRect(left, top, pixels.getRaster());
    return screen;
  }

  private static int background(BufferedImage frame) {
    IndexColorModel palette = (IndexColorModel) frame.getColorModel();
    return palette.getRGB(Math.max(0, palette.getTransparentPixel()));
  }

  private static int number(IIOMetadata metadata, String element, String attribute)
      throws IOException {
    Element root = (Element) metadata.getAsTree(metadata.getNativeMetadataFormatName());
    NodeList found = root.getElementsByTagName(element);
    if (found.getLength() == 0) {
      throw new IOException("damaged: no " + element);
    }
    return Integer.parseInt(((Element) found.item(0)).getAttribute(attribute));
  }
}

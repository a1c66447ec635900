package org.explain4j.datasets.folder;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.explain4j.api.Photo;
import org.explain4j.api.PictureReader;
import org.explain4j.network.files.Reason;
import org.explain4j.network.files.Room;
import org.nd4j.linalg.factory.Nd4j;

/**
 * JPEG (CMYK as well), PNG, GIF, BMP, WebP and TIFF files, resized as Pillow and torchvision do.
 * The short side gets the input's size, and the middle is taken.
 *
 * @param orientation whether pictures are turned as their EXIF data say, as people see them
 */
public record Photographs(Orientation orientation) implements PictureReader {

  public Photographs() {
    this(Orientation.EXIF);
  }

  @Override
  public String id() {
    return "photographs";
  }

  @Override
  public String summary() {
    return "JPEG, PNG, GIF, BMP, WebP and TIFF files";
  }

  @Override
  public boolean accepts(Path file) {
    return ClassFolders.isImage(file.getFileName().toString());
  }

  @Override
  public Photo read(Path file, List<Long> inputShape) throws IOException {
    if (inputShape.size() != 3 || (inputShape.get(0) != 1 && inputShape.get(0) != 3)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The network takes inputs of shape %s, not pictures with 1 or 3 channels.",
              inputShape));
    }
    BufferedImage image = decode(file);
    int channels = inputShape.get(0).intValue();
    int height = inputShape.get(1).intValue();
    int width = inputShape.get(2).intValue();
    Cover cover = Cover.of(file, image, width, height);
    BufferedImage framed =
        Resampling.resize(image, cover.width, cover.height)
            .getSubimage(cover.left, cover.top, width, height);
    float[] values = new float[channels * height * width];
    new Framing(0, 0, channels).pixels(framed, values, 0);
    return new Photo(
        image,
        cover.part(image, width, height),
        Nd4j.create(values, new long[] {1, channels, height, width}, 'c'));
  }

  private BufferedImage decode(Path file) throws IOException {
    try {
      Room.require(file.toString(), Files.size(file));
      return Photograph.decode(Files.readAllBytes(file), orientation);
    } catch (IOException e) {
      throw new IOException(
          String.format(Locale.ROOT, "%s: The picture cannot be read: %s", file, Reason.of(e)), e);
    }
  }

  /**
   * How an image covers an input: its size once resized, and what is cut off on the left and above.
   */
  private record Cover(int width, int height, int left, int top) {
    /** What it takes in memory grows with the ratio of the picture's sides. */
    private static final long MOST_PIXELS = 1L << 26;

    static Cover of(Path file, BufferedImage image, int width, int height) throws IOException {
      long imageWidth = image.getWidth();
      long imageHeight = image.getHeight();
      boolean wide = imageWidth * height >= imageHeight * width;
      long resizedWidth = wide ? height * imageWidth / imageHeight : width;
      long resizedHeight = wide ? height : width * imageHeight / imageWidth;
      if (resizedWidth * resizedHeight > MOST_PIXELS) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "%s: A picture of %d x %d pixels is too narrow for an input of %d x %d.\nMaybe cut out the part that the network is to see.",
                file,
                imageWidth,
                imageHeight,
                width,
                height));
      }
      return new Cover(
          (int) resizedWidth,
          (int) resizedHeight,
          (int) Math.rint((resizedWidth - width) / 2.0),
          (int) Math.rint((resizedHeight - height) / 2.0));
    }

    /** The part that is left, in the image's own pixels. */
    Rectangle part(BufferedImage image, int inputWidth, int inputHeight) {
      double across = (double) image.getWidth() / width;
      double down = (double) image.getHeight() / height;
      int x = (int) Math.round(left * across);
      int y = (int) Math.round(top * down);
      return new Rectangle(
          x,
          y,
          Math.max(1, Math.min(image.getWidth() - x, (int) Math.round(inputWidth * across))),
          Math.max(1, Math.min(image.getHeight() - y, (int) Math.round(inputHeight * down))));
    }
  }
}

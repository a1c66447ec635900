package org.explain4j.experiments.pictures;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.explain4j.api.Attributions;
import org.explain4j.api.Group;
import org.explain4j.api.Photo;
import org.explain4j.experiments.pictures.ExplainedPicture.Explanation;
import org.explain4j.network.files.WholeFile;
import org.explain4j.network.numpy.NumpyStream;
import org.explain4j.reports.pictures.ColourBar;
import org.explain4j.reports.pictures.HeatMap;
import org.explain4j.reports.pictures.ImageFile;
import org.explain4j.reports.pictures.SignalMap;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Draws and writes explanations of one picture.
 *
 * @param nearest whether the network's pixels stay visible, not smoothed
 */
record MapFiles(Photo photo, boolean nearest) {
  /** Pictures of a network that sees a few pixels are enlarged to at least this. */
  private static final int SMALLEST = 336;

  private static final int THUMBNAIL = 336;

  /** A photo that is large enough to look at; small ones grow by a whole factor. */
  static MapFiles of(Photo photo, boolean nearest) {
    BufferedImage image = photo.image();
    int side = Math.max(image.getWidth(), image.getHeight());
    int factor = (SMALLEST + side - 1) / side;
    Rectangle part = photo.part();
    return new MapFiles(
        factor <= 2
            ? photo
            : new Photo(
                scaled(image, image.getWidth() * factor, image.getHeight() * factor, false),
                new Rectangle(
                    part.x * factor, part.y * factor, part.width * factor, part.height * factor),
                photo.pixels()),
        nearest || factor > 2);
  }

  /**
   * Writes overlay, map and values.
   *
   * @param explanation {@code [1,c,h,w]} with the picture's channels in the order red, green, blue
   * @param overlay the file of the overlay; the others lie beside it
   */
  Drawn write(String method, Group group, Attributions explanation, Path overlay)
      throws IOException {
    INDArray values = explanation.values();
    HeatMap map = HeatMap.of(values);
    boolean signal = group == Group.SIGNAL && values.size(1) == photo.pixels().size(1);
    Path plain = beside(overlay, ".map.png");
    Path numbers = beside(overlay, ".npy");
    BufferedImage over = map.over(photo.image(), photo.part(), !nearest);
    png(over, overlay);
    Rectangle part = photo.part();
    png(
        signal
            ? signal(values).image(part.width, part.height, !nearest)
            : ColourBar.beside(map.image(part.width, part.height, !nearest), map.limit()),
        plain);
    WholeFile.write(numbers, out -> NumpyStream.write(out, values));
    return new Drawn(
        new Explanation(
            method,
            overlay.toString(),
            plain.toString(),
            numbers.toString(),
            map.limit(),
            Stream.of(map.remark(), explanation.note())
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "))),
        dataUri(signal ? fitted(values) : thumbnail(over)),
        (signal ? plain : overlay).getFileName().toString());
  }

  /**
   * An explanation that was written.
   *
   * @param thumbnail of it for a page: a signal in its colours, anything else over the picture
   * @param link the file that shows the same in full
   */
  record Drawn(Explanation files, String thumbnail, String link) {}

  private BufferedImage fitted(INDArray signal) {
    int[] size = fitted(photo.part().width, photo.part().height);
    return signal(signal).image(size[0], size[1], !nearest);
  }

  private static Path beside(Path overlay, String ending) {
    String name = overlay.getFileName().toString();
    return overlay.resolveSibling(name.substring(0, name.length() - 4) + ending);
  }

  private static SignalMap signal(INDArray values) {
    return new SignalMap(
        (int) values.size(1),
        (int) values.size(2),
        (int) values.size(3),
        values.dup('c').data().asFloat());
  }

  private static void png(BufferedImage image, Path file) throws IOException {
    WholeFile.write(file, out -> out.write(ImageFile.PNG.bytes(image)));
  }

  /** The picture itself for a page. */
  String thumbnail() {
    return dataUri(thumbnail(photo.image()));
  }

  private BufferedImage thumbnail(BufferedImage image) {
    int[] size = fitted(image.getWidth(), image.getHeight());
    return scaled(image, size[0], size[1], !nearest);
  }

  private static int[] fitted(int width, int height) {
    double factor = Math.min(1, THUMBNAIL / (double) Math.max(width, height));
    return new int[] {
      Math.max(1, (int) Math.round(width * factor)), Math.max(1, (int) Math.round(height * factor))
    };
  }

  private static BufferedImage scaled(BufferedImage image, int width, int height, boolean smooth) {
    BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = scaled.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION,
        smooth
            ? RenderingHints.VALUE_INTERPOLATION_BICUBIC
            : RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return scaled;
  }

  /** Photographs are small as JPEG; pictures with visible pixels are so as PNG. */
  private String dataUri(BufferedImage image) {
    return (nearest ? ImageFile.PNG : ImageFile.JPEG).dataUri(image);
  }
}

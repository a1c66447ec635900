package org.explain4j.reports.pictures;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * The content of an image's file. ImageIO's own way would write a copy into the folder for
 * temporary files, which may be full.
 */
public enum ImageFile {
  PNG,
  JPEG;

  /** What papers are printed with. */
  public static final double DOTS_PER_INCH = 300;

  /** Large files of few colours: twice as fast as usual, and a fifth larger. */
  private static final float FAST = .8f;

  private static final double METRES_PER_INCH = .0254;

  /** The least longer side of a picture's own file: four centimetres in print. */
  public static final int LARGE = 472;

  /** The file's bytes. */
  public byte[] bytes(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(image, format(), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory has no errors of its own
    }
    return bytes.toByteArray();
  }

  /** The bytes of a PNG file that says how large it is to be printed. */
  public static byte[] png(BufferedImage image, double dotsPerInch) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    String perMetre = Long.toString(Math.round(dotsPerInch / METRES_PER_INCH));
    ImageWriteParam fast = writer.getDefaultWriteParam();
    fast.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    fast.setCompressionQuality(FAST);
    IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), fast);
    IIOMetadataNode size = new IIOMetadataNode("pHYs");
    size.setAttribute("pixelsPerUnitXAxis", perMetre);
    size.setAttribute("pixelsPerUnitYAxis", perMetre);
    size.setAttribute("unitSpecifier", "meter");
    IIOMetadataNode root = new IIOMetadataNode(metadata.getNativeMetadataFormatName());
    root.appendChild(size);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      metadata.mergeTree(metadata.getNativeMetadataFormatName(), root);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, metadata), fast);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory has no errors of its own
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /**
   * The same with every pixel as a square of as few pixels as are needed.
   *
   * @param least what the longer side has then, at least
   */
  public static BufferedImage enlarged(BufferedImage image, int least) {
    int width = image.getWidth();
    int times = Math.max(1, (int) Math.ceil(least / (double) Math.max(width, image.getHeight())));
    WritableRaster raster =
        image.getRaster().createCompatibleWritableRaster(times * width, times * image.getHeight());
    int bands = raster.getNumBands();
    int[] line = new int[times * width * bands];
    int[] row = new int[width * bands];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRaster().getPixels(0, y, width, 1, row);
      for (int i = 0; i < line.length; i++) {
        line[i] = row[i / bands / times * bands + i % bands];
      }
      for (int i = 0; i < times; i++) {
        raster.setPixels(0, y * times + i, times * width, 1, line);
      }
    }
    return new BufferedImage(image.getColorModel(), raster, false, null);
  }

  /** The file as part of a page. */
  public String dataUri(BufferedImage image) {
    return dataUri(bytes(image));
  }

  /** A file's bytes as part of a page. */
  public String dataUri(byte... file) {
    return "data:image/" + format() + ";base64," + Base64.getEncoder().encodeToString(file);
  }

  private String format() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package org.explain4j.datasets.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that Pillow 12.3 wrote (the GIFs by hand), against what its {@code convert("RGB")} makes of
 * them, which is {@code NAME.png} beside each.
 */
final class PillowTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lossless.webp",
        "alpha.webp",
        "profile.webp",
        "deflated.tif",
        "lzw.tif",
        "profile.tif",
        "inks.tif",
        "deep.png",
        "offset.gif",
        "transparent.gif",
        "local-palette.gif"
      })
  void whatIsStoredWithoutLossIsReadToTheBit(String file) throws IOException {
    assertThat(largestDifference(file, Orientation.STORED)).isZero();
  }

  /** WebP's most: TwelveMonkeys repeats colours between samples, libwebp interpolates them. */
  @ParameterizedTest
  @CsvSource({"lossy.webp,12", "inks.jpg,4", "profile.jpg,4"})
  void decodersOfLossyFormatsDifferByAFewLevels(String file, int levels) throws IOException {
    assertThat(largestDifference(file, Orientation.STORED)).isLessThanOrEqualTo(levels);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void anOrientationIsAppliedIfItIsAskedFor(int code) throws IOException {
    String file = "turned-" + code + ".png";
    assertThat(largestDifference(file, Orientation.EXIF)).isZero();
    BufferedImage stored = Photograph.decode(bytes(file), Orientation.STORED);
    assertThat(stored.getWidth()).isEqualTo(5);
    assertThat(stored.getHeight()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"turned.webp,0", "turned.tif,0", "turned.jpg,4"})
  void everyFormatMayHaveAnOrientation(String file, int levels) throws IOException {
    assertThat(largestDifference(file, Orientation.EXIF)).isLessThanOrEqualTo(levels);
  }

  @Test
  void damagedExifDataSayNothing() throws IOException {
    byte[] file = bytes("turned-6.png");
    for (int i = 40; i < 75; i++) {
      byte[] damaged = file.clone();
      damaged[i] ^= 0x55;
      try {
        assertThat(Photograph.decode(damaged, Orientation.EXIF)).isNotNull();
      } catch (IOException e) {
        assertThat(e.getMessage()).isNotBlank(); // PNG's own checks
      }
    }
  }

  /** Width, height, resize, crop, and the SHA-256 of the pixels that torchvision's steps give. */
  @ParameterizedTest
  @CsvSource({
    "600,300,256,224,49addbbc1671c9b2515349acf9793b4a024a8ccdf3505ba47da37ac1efdd7ba7",
    "375,500,256,224,bbab130094d1657a4de838c966aee77a99ebaa314083b74c1852b4e5ffb63b74",
    "97,130,232,224,cfd81481058107eb7339f29f3d4268a6e187b76f7abb2b5cc04a17024e84316f",
    "40,40,13,0,7329c443dedaec0c172b0a45e4f615b40121aa48aa40f16dfaaf855190247f3e",
    "40,40,90,0,0b26341ec034c765b565fe5c669e65a2480c2151ad8bc622f1364812f380192c",
    "101,101,0,50,9b73533f9217f63ff2dd8e063fade1f7f695ea84db393030de88a10b85f68099",
    "103,64,0,51,c84f4903731687c7f8b922c49d664c6324c95f488fd251b34eea2766145181f1",
    "500,333,256,0,b16429a5809648b98cc94d1287f715a10a2a7890649608d499cfb932f98a4575"
  })
  void resizingAndCroppingIsTorchvisionsToThePixel(
      int width, int height, int resize, int crop, String sha256) throws Exception {
    BufferedImage image = new Framing(resize, crop, 3).frame(pattern(width, height));
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb = image.getRGB(x, y);
        digest.update(new byte[] {(byte) (rgb >> 16), (byte) (rgb >> 8), (byte) rgb});
      }
    }
    assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(sha256);
  }

  private static BufferedImage pattern(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb = 0;
        for (int c = 0; c < 3; c++) {
          long value = (x * 31L + y * 17L + c * 101L) * (x + 3L * y + 7L * c + 1) / 3;
          rgb = (rgb << 8) | (int) (value % 256);
        }
        image.setRGB(x, y, rgb);
      }
    }
    return image;
  }

  private static int largestDifference(String file, Orientation orientation) throws IOException {
    BufferedImage image = Photograph.decode(bytes(file), orientation);
    BufferedImage expected = Photograph.decode(bytes(file + ".png"), Orientation.STORED);
    assertThat(image.getType()).isEqualTo(BufferedImage.TYPE_INT_RGB);
    assertThat(image.getWidth()).isEqualTo(expected.getWidth());
    assertThat(image.getHeight()).isEqualTo(expected.getHeight());
    int largest = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        for (int shift = 0; shift < 24; shift += 8) {
          int here = (image.getRGB(x, y) >> shift) & 0xff;
          int there = (expected.getRGB(x, y) >> shift) & 0xff;
          largest = Math.max(largest, Math.abs(here - there));
        }
      }
    }
    return largest;
  }

  private static byte[] bytes(String file) throws IOException {
    try (InputStream in = PillowTest.class.getResourceAsStream(file)) {
      return in.readAllBytes();
    }
  }
}

package org.explain4j.datasets.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PhotographTest {

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "gif", "jpg"})
  void coloursComeBack(String format) throws IOException {
    BufferedImage image = decoded(Pictures.file(Pictures.plain(16, 16, 0xc86432), format));
    int rgb = image.getRGB(5, 9);
    assertThat((rgb >> 16) & 0xff).isBetween(0xc8 - 3, 0xc8 + 3);
    assertThat((rgb >> 8) & 0xff).isBetween(0x64 - 3, 0x64 + 3);
    assertThat(rgb & 0xff).isBetween(0x32 - 3, 0x32 + 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg"})
  void greySamplesAreRepeatedAsTheyAre(String format) throws IOException {
    BufferedImage image = decoded(Pictures.file(Pictures.grey(8, 8, 100), format));
    assertThat(image.getRGB(4, 4) & 0xffffff).isEqualTo(0x646464);
  }

  @Test
  void sixteenBitGreyIsScaled() throws IOException {
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSample(1, 2, 0, 0xffff);
    image.getRaster().setSample(2, 2, 0, 0x8080);
    BufferedImage back = decoded(Pictures.file(image, "png"));
    assertThat(back.getRGB(1, 2) & 0xffffff).isEqualTo(0xffffff);
    assertThat(back.getRGB(2, 2) & 0xffffff).isEqualTo(0x808080);
    assertThat(back.getRGB(0, 0) & 0xffffff).isZero();
  }

  @ParameterizedTest
  @CsvSource({"255,0,0,0,00ffff", "0,255,0,0,ff00ff", "0,0,0,255,000000", "0,0,0,0,ffffff"})
  void inksBecomeColours(int cyan, int magenta, int yellow, int black, String rgb)
      throws IOException {
    BufferedImage image = decoded(Pictures.cmyk(16, 16, cyan, magenta, yellow, black));
    assertThat(image.getRGB(3, 3) & 0xffffff).isEqualTo(Integer.parseInt(rgb, 16));
  }

  @Test
  void transparencyIsDropped() throws IOException {
    BufferedImage image = Pictures.plain(4, 4, 0x80ff0000, BufferedImage.TYPE_INT_ARGB);
    assertThat(decoded(Pictures.file(image, "png")).getRGB(0, 0) & 0xffffff).isEqualTo(0xff0000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg"})
  void truncatedImagesAreFound(String format) throws IOException {
    byte[] file = Pictures.file(Pictures.slopes(64, 64), format);
    for (double part : new double[] {0, 0.01, 0.1, 0.5, 0.9, 0.98}) {
      byte[] cut = Arrays.copyOf(file, (int) (part * file.length));
      assertThatThrownBy(() -> Photograph.decode(cut, Orientation.STORED))
          .as("%s of %s", part, format)
          .isInstanceOf(IOException.class)
          .hasMessageMatching("(?s).+");
    }
  }

  @Test
  void aDamagedImageIsAnErrorOrAnImageNeverACrash() throws IOException {
    byte[] file = Pictures.file(Pictures.slopes(32, 32), "jpg");
    int found = 0;
    for (int i = 0; i < file.length; i++) {
      byte[] damaged = file.clone();
      damaged[i] ^= 0x55;
      try {
        decoded(damaged);
      } catch (IOException e) {
        assertThat(e.getMessage()).isNotBlank();
        found++;
      }
    }
    assertThat(found).isPositive();
  }

  @Test
  void whatIsNoImageIsCalledSo() {
    assertThatThrownBy(
            () -> Photograph.decode("hello".getBytes(StandardCharsets.UTF_8), Orientation.STORED))
        .hasMessage("no known image format");
  }

  @Test
  void aHugeImageIsRefusedByItsHeader() throws IOException {
    byte[] file = Pictures.file(Pictures.plain(1, 1, 0), "png");
    // Width and height in the first chunk, and its checksum.
    ByteBuffer png = ByteBuffer.wrap(file).putInt(16, 50_000).putInt(20, 50_000);
    CRC32 sum = new CRC32();
    sum.update(file, 12, 17);
    png.putInt(29, (int) sum.getValue());
    assertThatThrownBy(() -> Photograph.decode(file, Orientation.STORED))
        .hasMessageContaining("50000 x 50000 pixels are too many");
  }

  private static BufferedImage decoded(byte[] file) throws IOException {
    BufferedImage image = Photograph.decode(file, Orientation.STORED);
    assertThat(image.getType()).isEqualTo(BufferedImage.TYPE_INT_RGB);
    return image;
  }
}

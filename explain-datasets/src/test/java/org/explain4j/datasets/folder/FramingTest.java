package org.explain4j.datasets.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FramingTest {

  @Test
  void theShortSideIsResizedAndTheMiddleCut() {
    BufferedImage image = new Framing(256, 224, 3).frame(Pictures.slopes(600, 300));
    assertThat(image.getWidth()).isEqualTo(224);
    assertThat(image.getHeight()).isEqualTo(224);
    // 512 x 256 after resizing: columns 144 to 367 of 512, rows 16 to 239 of 256.
    assertThat(red(image, 0, 0)).isBetween(255 * 144 / 512 - 2, 255 * 144 / 512 + 2);
    assertThat(red(image, 223, 0)).isBetween(255 * 367 / 512 - 2, 255 * 367 / 512 + 2);
    assertThat(green(image, 0, 0)).isBetween(14, 18);
    assertThat(green(image, 0, 223)).isBetween(237, 241);
  }

  @Test
  void withoutResizingTheMiddleIsCut() {
    BufferedImage large = new Framing(0, 50, 3).frame(Pictures.slopes(101, 101));
    assertThat(red(large, 0, 0)).isEqualTo(255 * 26 / 100);
  }

  /** torchvision's CenterCrop: {@code (crop - w) // 2} columns before, the rest behind. */
  @ParameterizedTest
  @CsvSource({"4,9", "3,4", "7,2", "5,5", "6,1", "5,8"})
  void withoutResizingWhatIsMissingIsBlackAsTorchvisionHasIt(int width, int height) {
    int crop = 5;
    BufferedImage image = Pictures.plain(width, height, 0);
    BitSet inside = new BitSet();
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, 0xff000001 + i);
      inside.set(i, i % 3 == 0);
    }
    Framing framing = new Framing(0, crop, 3);
    BufferedImage framed = framing.frame(image);
    float[] mask = new float[crop * crop];
    framing.pixels(new Mask(width, height, inside), mask, 0);
    for (int y = 0; y < crop; y++) {
      for (int x = 0; x < crop; x++) {
        int u = x - (crop - width > 0 ? (crop - width) / 2 : -halfToEven(width - crop));
        int v = y - (crop - height > 0 ? (crop - height) / 2 : -halfToEven(height - crop));
        boolean there = u >= 0 && u < width && v >= 0 && v < height;
        int at = v * width + u;
        assertThat(framed.getRGB(x, y) & 0xffffff).isEqualTo(there ? 1 + at : 0);
        assertThat(mask[y * crop + x]).isEqualTo(there && at % 3 == 0 ? 1 : 0);
      }
    }
  }

  private static int halfToEven(int twice) {
    return twice / 2 + (twice % 4 == 3 ? 1 : 0);
  }

  @Test
  void withoutSettingsTheImageIsLeftAsItIs() {
    BufferedImage image = Pictures.slopes(7, 5);
    assertThat(new Framing(0, 0, 3).frame(image)).isSameAs(image);
  }

  @ParameterizedTest
  @ValueSource(ints = {13, 20, 31, 64, 90})
  void resizingIsATriangleFilterOfTheSmallerPixel(int side) {
    BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 1600; i++) {
      image.setRGB(i % 40, i / 40, random.nextInt(0x1000000));
    }
    BufferedImage resized = new Framing(side, 0, 3).frame(image);
    for (int y = 0; y < side; y += 3) {
      for (int x = 0; x < side; x += 3) {
        assertThat((double) red(resized, x, y))
            .isCloseTo(naive(image, side, x, y), Offset.offset(1.01));
      }
    }
  }

  /**
   * Pixel by pixel, without rounding between rows and columns: weights fall linearly from the
   * centre, as wide as the larger pixel.
   */
  private static double naive(BufferedImage image, int side, int x, int y) {
    double scale = (double) image.getWidth() / side;
    double support = Math.max(1, scale);
    double sum = 0;
    double weights = 0;
    for (int v = 0; v < image.getHeight(); v++) {
      for (int u = 0; u < image.getWidth(); u++) {
        double across = Math.abs((x + 0.5) * scale - (u + 0.5)) / support;
        double down = Math.abs((y + 0.5) * scale - (v + 0.5)) / support;
        double weight = Math.max(0, 1 - across) * Math.max(0, 1 - down);
        sum += weight * red(image, u, v);
        weights += weight;
      }
    }
    return sum / weights;
  }

  @Test
  void planesAreRedGreenBlue() {
    float[] values = new float[1 + 3 * 6];
    BufferedImage image = Pictures.plain(3, 2, 0xff3300);
    image.setRGB(2, 1, 0x0000ff);
    new Framing(0, 0, 3).pixels(image, values, 1);
    assertThat(values)
        .containsExactly(0, 1, 1, 1, 1, 1, 0, 0.2f, 0.2f, 0.2f, 0.2f, 0.2f, 0, 0, 0, 0, 0, 0, 1);
  }

  @Test
  void greyIsTheLuma() {
    float[] values = new float[1];
    Framing framing = new Framing(0, 0, 1);
    framing.pixels(Pictures.plain(1, 1, 0x646464), values, 0);
    assertThat(values[0]).isEqualTo(100 / 255f);
    framing.pixels(Pictures.plain(1, 1, 0x00ff00), values, 0);
    assertThat(values[0]).isEqualTo(0.587f);
  }

  @Test
  void impossibleSettingsAreNamed() {
    assertThatThrownBy(() -> new Framing(200, 224, 3))
        .hasMessageContaining("crop (224)")
        .hasMessageContaining("side (200)")
        .hasMessageContaining("image-folder.resize to 256");
    assertThatThrownBy(() -> new Framing(-1, 0, 3)).hasMessageContaining("-1");
    assertThatThrownBy(() -> new Framing(0, 0, 4)).hasMessageContaining("not 4");
  }

  private static int red(BufferedImage image, int x, int y) {
    return (image.getRGB(x, y) >> 16) & 0xff;
  }

  private static int green(BufferedImage image, int x, int y) {
    return (image.getRGB(x, y) >> 8) & 0xff;
  }
}

package org.explain4j.datasets.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.explain4j.api.Photo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhotographsTest {
  private final Photographs reader = new Photographs();

  private static BufferedImage gradient(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, (x * 255 / width) << 16 | (y * 255 / height) << 8 | 7);
      }
    }
    return image;
  }

  private static Path png(Path folder, int width, int height) throws IOException {
    Path file = folder.resolve("p.png");
    ImageIO.write(gradient(width, height), "png", file.toFile());
    return file;
  }

  @ParameterizedTest
  @CsvSource({"90, 60", "60, 90", "61, 47", "32, 32", "20, 31"})
  void aSquareInputSeesWhatAnImageFolderOfThatSizeGives(int width, int height, @TempDir Path dir)
      throws IOException {
    Photo photo = reader.read(png(dir, width, height), List.of(3L, 32L, 32L));
    Framing framing = new Framing(32, 32, 3);
    float[] expected = new float[3 * 32 * 32];
    framing.pixels(framing.frame(gradient(width, height)), expected, 0);
    assertThat(photo.pixels().shape()).containsExactly(1, 3, 32, 32);
    assertThat(photo.pixels().dup('c').data().asFloat()).containsExactly(expected);
    assertThat(photo.image().getWidth()).isEqualTo(width);
  }

  @ParameterizedTest
  @CsvSource({"90, 60, 32, 32, 15, 0, 60, 60", "60, 90, 20, 40, 8, 0, 45, 90"})
  void thePartThatIsSeenIsTheMiddle(
      int width,
      int height,
      int toWidth,
      int toHeight,
      int x,
      int y,
      int w,
      int h,
      @TempDir Path dir)
      throws IOException {
    Photo photo =
        reader.read(png(dir, width, height), List.of(1L, (long) toHeight, (long) toWidth));
    Rectangle part = photo.part();
    assertThat(List.of(part.x, part.y, part.width, part.height))
        .usingElementComparator((a, b) -> Math.abs(a - b) <= 1 ? 0 : a - b)
        .containsExactly(x, y, w, h);
    assertThat(photo.pixels().shape()).containsExactly(1, 1, toHeight, toWidth);
  }

  @Test
  void whatIsNoPictureIsNamed(@TempDir Path dir) throws IOException {
    Path text = Files.writeString(dir.resolve("t.jpg"), "not a picture, but long enough for one");
    assertThatThrownBy(() -> reader.read(text, List.of(3L, 8L, 8L)))
        .isInstanceOf(IOException.class)
        .hasMessage(text + ": The picture cannot be read: no known image format");
    assertThatThrownBy(() -> reader.read(dir.resolve("no.png"), List.of(3L, 8L, 8L)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no.png");
    assertThatThrownBy(() -> reader.read(text, List.of(16L)))
        .hasMessage("The network takes inputs of shape [16], not pictures with 1 or 3 channels.");
  }

  @Test
  void picturesAreKnownByTheirEnding() {
    assertThat(reader.accepts(Path.of("a/B.JPG"))).isTrue();
    assertThat(reader.accepts(Path.of("a.txt"))).isFalse();
  }
}

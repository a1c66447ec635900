package org.explain4j.reports.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PictureTest {
  private static BufferedImage decoded(String dataUri) throws IOException {
    String prefix = "data:image/png;base64,";
    assertThat(dataUri).startsWith(prefix);
    return ImageIO.read(
        new ByteArrayInputStream(Base64.getDecoder().decode(dataUri.substring(prefix.length()))));
  }

  private static Color color(BufferedImage image, int x, int y) {
    return new Color(image.getRGB(x, y));
  }

  private static String signal(float... values) {
    return ImageFile.PNG.dataUri(grey(values).shown(true));
  }

  private static Picture grey(float... values) {
    return new Picture(1, 1, values.length, values);
  }

  @Test
  void signalKeepsItsChannelsAndZeroIsGrey() throws IOException {
    float[] values = {4, 0, -4, 2, 0, 0, 0, 0, -2};
    BufferedImage image = new Picture(3, 1, 3, values).shown(true);
    assertThat(color(image, 0, 0)).isEqualTo(new Color(255, 191, 128));
    assertThat(color(image, 1, 0)).isEqualTo(new Color(128, 128, 128));
    assertThat(color(image, 2, 0)).isEqualTo(new Color(0, 128, 64));
  }

  @Test
  void heatMapSumsChannelsAndZeroIsWhite() throws IOException {
    float[] values = {3, 1, -1, 1, -1, -1};
    BufferedImage image = decoded(new Picture(2, 1, 3, values).heatMap());
    assertThat(color(image, 1, 0)).isEqualTo(Color.WHITE);
    assertThat(color(image, 0, 0).getRed()).isGreaterThan(color(image, 0, 0).getBlue() + 100);
    assertThat(color(image, 2, 0).getBlue()).isGreaterThan(color(image, 2, 0).getRed() + 30);
  }

  @Test
  void scaleOfAPictureDoesNotMatter() {
    assertThat(grey(1e7f, -2e7f, 0).heatMap()).isEqualTo(grey(1e-7f, -2e-7f, 0).heatMap());
    assertThat(signal(1e7f, -2e7f, 0)).isEqualTo(signal(1, -2, 0));
  }

  @Test
  void nothingIsWhiteOrGrey() throws IOException {
    assertThat(color(decoded(grey(0, 0).heatMap()), 0, 0)).isEqualTo(Color.WHITE);
    assertThat(grey(0, 0).shown(true).getRaster().getSample(0, 0, 0)).isEqualTo(128);
  }

  @Test
  void unusableValuesAreCountedAndDrawnAsZero() {
    Picture picture = grey(Float.NaN, 1, Float.POSITIVE_INFINITY);
    assertThat(picture.unusable()).isEqualTo(2);
    assertThat(picture.heatMap()).isEqualTo(grey(0, 1, 0).heatMap());
  }

  @Test
  void shrinkingTakesMeansOfBlocks() {
    Picture picture = new Picture(1, 3, 3, new float[] {1, 3, 10, 5, 7, 20, 2, 4, 6}).atMost(2);
    assertThat(picture.values()).containsExactly(4, 15, 3, 6);
    assertThat(picture.atMost(2)).isSameAs(picture);
  }

  @Test
  void sizeMustFit() {
    assertThatThrownBy(() -> new Picture(3, 2, 2, new float[4]))
        .hasMessageContaining("4 values do not make an image of 3 x 2 x 2");
  }
}

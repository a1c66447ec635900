package org.explain4j.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Masks over the pictures of three images of 8 x 8 pixels. */
class OutlinesTest {
  private static final int SIDE = 8;
  private static final int GREEN = 0xff009e73;

  @TempDir private Path folder;
  private SampleRun run;

  @BeforeEach
  void sample() {
    run = SampleRun.write(folder, SampleRun.Size.SMALL);
  }

  private Document report() throws IOException {
    return Jsoup.parse(Report.writePage(folder).toFile());
  }

  /** The first image's mask is pixel (2,3), the second's is missing, the third's is empty. */
  private void masks() {
    float[] masks = new float[3 * SIDE * SIDE];
    masks[2 * SIDE + 3] = 1;
    Arrays.fill(masks, SIDE * SIDE, 2 * SIDE * SIDE, Float.NaN);
    run.array("masks.npy", masks, 3, SIDE, SIDE);
  }

  private static BufferedImage picture(Element row, int column) throws IOException {
    String source = row.select("img").get(column).attr("src");
    byte[] file = Base64.getDecoder().decode(source.substring(source.indexOf(',') + 1));
    return ImageIO.read(new ByteArrayInputStream(file));
  }

  @Test
  void theMaskIsOutlinedOverTheImageAndEveryMap() throws IOException {
    masks();
    Element row = report().select("#images tbody tr").first();
    assertThat(row.select("img").size()).isGreaterThan(6);
    for (int column = 0; column < row.select("img").size(); column++) {
      BufferedImage picture = picture(row, column);
      int pixel = picture.getWidth() / SIDE;
      assertThat(pixel).as("pixels are squares with room for a line").isGreaterThan(10);
      int top = 2 * pixel;
      int left = 3 * pixel;
      assertThat(picture.getRGB(left, top)).isEqualTo(GREEN);
      assertThat(picture.getRGB(left + pixel - 1, top + pixel / 2)).isEqualTo(GREEN);
      assertThat(picture.getRGB(left + pixel / 2, top + pixel - 1)).isEqualTo(GREEN);
      assertThat(picture.getRGB(left + pixel / 2, top + pixel / 2)).isNotEqualTo(GREEN);
      assertThat(picture.getRGB(left - 1, top)).isNotEqualTo(GREEN);
      assertThat(picture.getRGB(left + pixel, top)).isNotEqualTo(GREEN);
    }
  }

  @Test
  void theCaptionSaysWhatIsOutlined() throws IOException {
    assertThat(report().text()).doesNotContain("Outlined");
    masks();
    assertThat(report().select("#images").text()).contains("Outlined: where the truth is.");
  }

  @Test
  void anImageWithoutAMaskStaysAsItIs() throws IOException {
    Element before = report().select("#images tbody tr").get(1);
    masks();
    Element after = report().select("#images tbody tr").get(1);
    assertThat(after.html()).isEqualTo(before.html());
    assertThat(picture(after, 0).getWidth()).isEqualTo(SIDE);
  }

  @Test
  void masksOfAnotherShapeAreRefused() {
    run.array("masks.npy", new float[3 * 16], 3, 4, 4);
    assertThatThrownBy(this::report)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(
            "masks.npy: shape [3, 4, 4], but the masks of the images have [3, 8, 8]");
  }
}

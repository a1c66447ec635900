package org.explain4j.reports.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class HeatMapTest {
  private static final int WHITE = 0xffffffff;
  private static final int FOR = ColourMap.MODEL.getRGB(254);
  private static final int AGAINST = ColourMap.MODEL.getRGB(0);

  private static float[] upTo(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i + 1;
    }
    return values;
  }

  @Test
  void fullColourIsAtTheQuantileNotAtTheLargest() {
    assertThat(new HeatMap(20, 50, upTo(1000)).limit()).isEqualTo(995);
    float[] outlier = new float[1000];
    outlier[3] = -7;
    assertThat(new HeatMap(20, 50, outlier).limit()).isEqualTo(7);
    assertThat(new HeatMap(1, 2, new float[2]).limit()).isZero();
  }

  @Test
  void channelsAreAdded() {
    assertThat(HeatMap.of(2, 1, 3, 1, 2, 3, 10, 20, 30).values()).containsExactly(11, 22, 33);
  }

  @Test
  void signsHaveTheirColours() {
    BufferedImage image = new HeatMap(1, 3, new float[] {-2, 0, 2}).image(3, 1, false);
    assertThat(image.getRGB(0, 0)).isEqualTo(AGAINST);
    assertThat(image.getRGB(1, 0)).isEqualTo(WHITE);
    assertThat(image.getRGB(2, 0)).isEqualTo(FOR);
  }

  @Test
  void anEnlargedMapKeepsItsPixelsOrIsInterpolated() {
    HeatMap map = new HeatMap(1, 2, new float[] {0, 1});
    BufferedImage nearest = map.image(8, 4, false);
    assertThat(nearest.getRGB(3, 2)).isEqualTo(WHITE);
    assertThat(nearest.getRGB(4, 2)).isEqualTo(FOR);
    BufferedImage smooth = map.image(8, 4, true);
    assertThat(smooth.getRGB(0, 0)).isEqualTo(WHITE);
    assertThat(smooth.getRGB(7, 0)).isEqualTo(FOR);
    assertThat(smooth.getRGB(4, 0)).isNotIn(WHITE, FOR);
  }

  @Test
  void aPhotoIsFadedAndColouredWhereTheMapBelongs() {
    BufferedImage photo = new BufferedImage(6, 4, BufferedImage.TYPE_INT_RGB);
    BufferedImage over =
        new HeatMap(1, 2, new float[] {0, 5}).over(photo, new Rectangle(2, 0, 4, 4), false);
    assertThat(over.getWidth()).isEqualTo(6);
    int outside = over.getRGB(0, 0) & 0xff;
    int nothing = over.getRGB(2, 0) & 0xff;
    assertThat(outside).isGreaterThan(nothing).isGreaterThan(200);
    assertThat((over.getRGB(2, 0) >> 16) & 0xff).as("grey").isEqualTo(nothing);
    int full = over.getRGB(5, 3);
    assertThat((full >> 16) & 0xff).isGreaterThan((full & 0xff) + 100);
  }

  @Test
  void whatCannotBeSeenIsSaid() {
    assertThat(new HeatMap(1, 2, new float[] {3, 3}).remark()).hasValue("flat: every value is 3.0");
    assertThat(new HeatMap(1, 3, new float[] {1, Float.NaN, Float.NEGATIVE_INFINITY}).remark())
        .hasValue("2 of 3 values are NaN or infinite");
    assertThat(new HeatMap(1, 2, new float[] {Float.NaN, Float.NaN}).limit()).isZero();
    assertThat(new HeatMap(1, 2, new float[] {1, 2}).remark()).isEmpty();
    assertThatThrownBy(() -> new HeatMap(2, 2, new float[3]))
        .hasMessage("3 values do not make a map of 2 x 2.");
  }

  @Test
  void aSignalKeepsItsChannels() {
    SignalMap signal = new SignalMap(3, 1, 2, new float[] {1, -1, 0, 0, -1, 1});
    BufferedImage image = signal.image(2, 1, false);
    assertThat(image.getRGB(0, 0) & 0xffffff).isEqualTo(0xff8000);
    assertThat(image.getRGB(1, 0) & 0xffffff).isEqualTo(0x0080ff);
  }

  @Test
  void theScaleStandsBesideTheMap() {
    BufferedImage map = new HeatMap(1, 1, new float[] {1}).image(100, 60, false);
    BufferedImage whole = ColourBar.beside(map, 0.012);
    assertThat(whole.getHeight()).isEqualTo(60);
    assertThat(whole.getWidth()).isBetween(120, 200);
    int bar = 100 + 5 + 3;
    assertThat(whole.getRGB(bar, 1)).isNotEqualTo(whole.getRGB(bar, 58));
  }
}

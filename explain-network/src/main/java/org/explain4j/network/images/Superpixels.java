package org.explain4j.network.images;

import boofcv.abst.segmentation.ImageSuperpixels;
import boofcv.factory.segmentation.ConfigSlic;
import boofcv.factory.segmentation.FactoryImageSegmentation;
import boofcv.struct.image.GrayF32;
import boofcv.struct.image.GrayS32;
import boofcv.struct.image.ImageType;
import boofcv.struct.image.Planar;
import java.util.Arrays;
import java.util.Locale;

/** SLIC superpixels (Achanta et al. 2012, doi:10.1109/TPAMI.2012.120) by BoofCV. */
public final class Superpixels {
  private Superpixels() {}

  /**
   * The superpixel of each pixel, from 0 without gaps.
   *
   * @param example {@code [c,h,w]} in C order, of any scale
   * @param size of a superpixel along a side, on average
   * @throws IllegalArgumentException if the size is below 3, which SLIC cannot do
   */
  public static int[] of(double[] example, int height, int width, int size) {
    if (size < 3) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Superpixels of size %d are too small.\nMaybe use superpixels of size 3, or patches.",
              size));
    }
    int pixels = height * width;
    int channels = example.length / pixels;
    double low = Arrays.stream(example).min().orElseThrow();
    double range = Arrays.stream(example).max().orElseThrow() - low;
    Planar<GrayF32> image = new Planar<>(GrayF32.class, width, height, channels);
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < pixels; i++) {
        double value = range == 0 ? 0 : 255 * (example[c * pixels + i] - low) / range;
        image.getBand(c).data[i] = (float) value; // BoofCV's weights are for 0 to 255
      }
    }
    int regions = Math.max(1, pixels / (size * size));
    ImageSuperpixels<Planar<GrayF32>> slic =
        FactoryImageSegmentation.slic(
            new ConfigSlic(regions), ImageType.pl(channels, GrayF32.class));
    GrayS32 labels = new GrayS32(width, height);
    slic.segment(image, labels);
    return labels.data;
  }
}

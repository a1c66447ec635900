package org.explain4j.experiments.pictures;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import org.explain4j.api.Dataset;
import org.explain4j.api.Photo;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The first test image of a dataset of grey images, as a picture. */
final class ShippedPicture {
  private ShippedPicture() {}

  static Photo of(Dataset data) {
    INDArray pixels = data.test().inputs(0);
    int height = (int) pixels.size(2);
    int width = (int) pixels.size(3);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int level = (int) Math.round(255 * pixels.getDouble(0, 0, y, x));
        image.setRGB(x, y, level << 16 | level << 8 | level);
      }
    }
    return new Photo(image, new Rectangle(0, 0, width, height), pixels);
  }
}

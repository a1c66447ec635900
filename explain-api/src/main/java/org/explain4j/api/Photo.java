package org.explain4j.api;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A picture as a person sees it, and what a network is given of it.
 *
 * @param image at its own size, {@link BufferedImage#TYPE_INT_RGB}
 * @param part of the image that the network sees, in its pixels
 * @param pixels that part at the network's size, {@code [1,c,h,w]} in [0,1]
 */
public record Photo(BufferedImage image, Rectangle part, INDArray pixels) {

  public Photo {
    part = new Rectangle(part);
  }

  @Override
  public Rectangle part() {
    return new Rectangle(part);
  }
}

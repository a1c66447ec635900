package org.explain4j.models.graph;

import java.util.Arrays;
import java.util.Locale;
import org.explain4j.network.Convolution;
import org.explain4j.network.Crop;
import org.explain4j.network.Window;
import org.explain4j.network.ZeroPad;
import org.explain4j.network.ZeroStuff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The transpose of a convolution as a layer: zeros between the pixels, padding, and an ordinary
 * convolution with the weights turned by 180 degrees, so everything that knows convolutions knows
 * it.
 *
 * @param weights {@code [in,out/groups,kh,kw]}
 * @param bias {@code [out]}
 * @param window of the convolution that it transposes: what it pads, this crops
 * @param extraY rows added at the bottom ("output padding")
 * @param extraX columns added at the right
 */
public record TransposedConvolution(
    INDArray weights, INDArray bias, Window window, int extraY, int extraX, int groups) {

  /**
   * Adds its nodes.
   *
   * @return the name of the last one
   * @throws IllegalArgumentException as {@link GraphAssembly#add}
   */
  public String addTo(GraphAssembly assembly, String name, String input) {
    String node = input;
    if (window.strideY() > 1 || window.strideX() > 1) {
      ZeroStuff stuff = new ZeroStuff(window.strideY(), window.strideX());
      node = assembly.add(name + ".stuffed", stuff, node);
    }
    int top = window.extentY() - 1 - window.top();
    int left = window.extentX() - 1 - window.left();
    int bottom = window.extentY() - 1 - window.bottom() + extraY;
    int right = window.extentX() - 1 - window.right() + extraX;
    if (Math.min(Math.min(top, left), Math.min(bottom, right)) < 0) {
      Crop crop = new Crop(below(top), below(left), below(bottom), below(right));
      node = assembly.add(name + ".cropped", crop, node);
    }
    if (Math.max(Math.max(top, left), Math.max(bottom, right)) > 0) {
      ZeroPad pad =
          new ZeroPad(Math.max(0, top), Math.max(0, left), Math.max(0, bottom), Math.max(0, right));
      node = assembly.add(name + ".padded", pad, node);
    }
    Window own =
        Window.of(window.height(), window.width()).dilation(window.dilationY(), window.dilationX());
    assembly.note(
        String.format(
            Locale.ROOT,
            "'%s' is a transposed convolution: zeros between the pixels, then a convolution.",
            name));
    return assembly.add(name, new Convolution(turned(), bias, own, groups), node);
  }

  private static int below(int padding) {
    return Math.max(0, -padding);
  }

  /** {@code [out,in/groups,kh,kw]}, both axes of the kernel reversed. */
  private INDArray turned() {
    if (weights.rank() != 4 || groups < 1 || weights.size(0) % groups != 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A transposed convolution of %d groups takes weights [in,out/groups,kh,kw], not %s.",
              groups,
              Arrays.toString(weights.shape())));
    }
    return Convolution.turned(weights, groups);
  }
}

package org.explain4j.models.graph;

import java.util.Arrays;
import java.util.Locale;
import org.explain4j.network.Convolution;
import org.explain4j.network.Crop;
import org.explain4j.network.Window;
import org.explain4j.network.ZeroPad;
import org.explain4j.network.ZeroStuff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

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
    long in = weights.size(0) / groups;
    long out = weights.size(1);
    long taps = weights.size(2) * weights.size(3);
    INDArray plain = weights.dup('c');
    INDArray turned =
        Nd4j.create(
            weights.dataType(),
            new long[] {out * groups, in, weights.size(2), weights.size(3)},
            'c');
    for (long group = 0; group < groups; group++) {
      for (long o = 0; o < out; o++) {
        for (long i = 0; i < in; i++) {
          long from = ((group * in + i) * out + o) * taps;
          long to = ((group * out + o) * in + i) * taps;
          for (long tap = 0; tap < taps; tap++) {
            turned.data().put(to + tap, plain.data().getDouble(from + taps - 1 - tap));
          }
        }
      }
    }
    return turned;
  }
}

package org.explain4j.network.compilation;

import static org.explain4j.network.onednn.Primitive.Argument.DESTINATION;
import static org.explain4j.network.onednn.Primitive.Argument.SOURCE;

import java.util.Arrays;
import java.util.List;
import org.explain4j.network.Node;
import org.explain4j.network.Window;
import org.explain4j.network.onednn.ElementPrimitives.Binary;
import org.explain4j.network.onednn.Layout;
import org.explain4j.network.onednn.PoolingPrimitives;
import org.explain4j.network.onednn.PoolingPrimitives.Pooling;
import org.explain4j.network.onednn.Primitive;
import org.explain4j.network.onednn.Program;

/** Products of an array and one of the same shape, or a factor for each of its channels. */
final class ProductSteps {
  private final Compilation compilation;
  private final Program program;
  private final int whole; // which of the two inputs has the product's shape
  private final int image; // the input's array
  private final int factor; // the other's
  private final long[] shape;
  private final boolean gate;

  private ProductSteps(Compilation compilation, Node node, int whole) {
    this.compilation = compilation;
    program = compilation.program();
    this.whole = whole;
    List<Integer> inputs = compilation.inputs(node);
    image = inputs.get(whole);
    shape = compilation.shape(node.name());
    gate = !Arrays.equals(compilation.shape(node.inputs().get(1 - whole)), shape);
    factor = gate ? compilation.plain(inputs.get(1 - whole)) : inputs.get(1 - whole);
  }

  /** Null for other shapes. */
  static ProductSteps of(Compilation compilation, Node node) {
    long[] product = compilation.shape(node.name());
    for (int i = 0; i < 2; i++) {
      long[] other = compilation.shape(node.inputs().get(1 - i));
      boolean fits =
          Arrays.equals(other, product)
              || (other.length == 4 && other[1] == product[1] && other[2] * other[3] == 1);
      if (fits && Arrays.equals(compilation.shape(node.inputs().get(i)), product)) {
        return new ProductSteps(compilation, node, i);
      }
    }
    return null;
  }

  int forward() {
    return compilation.combined(Binary.PRODUCT, image, factor, true);
  }

  /** The messages at the two inputs. */
  List<Integer> backward(int message) {
    int up = compilation.combined(Binary.PRODUCT, message, factor, true);
    int parts = compilation.combined(Binary.PRODUCT, message, image, true);
    int aside = gate ? summed(parts) : parts;
    return whole == 0 ? List.of(up, aside) : List.of(aside, up);
  }

  /** The sum over the pixels of each channel: their mean times their number. */
  private int summed(int parts) {
    Primitive mean =
        PoolingPrimitives.pooling(
            Pooling.MEAN,
            program.layout(parts),
            Layout.any(shape[0], shape[1], 1, 1),
            Window.of(Math.toIntExact(shape[2]), Math.toIntExact(shape[3])).geometry(),
            false);
    int means = program.array(mean.layout(DESTINATION));
    program.step(mean, SOURCE, parts, DESTINATION, means);
    return compilation.linear(means, (double) shape[2] * shape[3], 0);
  }
}

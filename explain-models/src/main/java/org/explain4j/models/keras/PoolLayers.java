package org.explain4j.models.keras;

import java.util.List;
import org.explain4j.network.AveragePool;
import org.explain4j.network.Layer;
import org.explain4j.network.MaxPool;
import org.explain4j.network.Window;

/** Pooling over windows and over whole images; padded pixels never count. */
final class PoolLayers {
  private PoolLayers() {}

  static Tensor max(LayerCall call) {
    Tensor image = call.image();
    return call.add(new MaxPool(window(call, image)), image);
  }

  static Tensor average(LayerCall call) {
    Tensor image = call.image();
    return call.add(average(window(call, image)), image);
  }

  static Tensor globalMax(LayerCall call) {
    Tensor image = call.image();
    return global(call, image, new MaxPool(whole(call, image)));
  }

  static Tensor globalAverage(LayerCall call) {
    Tensor image = call.image();
    return global(call, image, average(whole(call, image)));
  }

  private static Tensor global(LayerCall call, Tensor image, Layer layer) {
    Tensor pooled = call.add(layer, image);
    return call.settings().flag(false, "keepdims")
        ? pooled
        : Tensor.of(pooled.node(), List.of(0, Tensor.NONE, Tensor.NONE));
  }

  private static AveragePool average(Window window) {
    return new AveragePool(window, false, false);
  }

  private static Window whole(LayerCall call, Tensor image) {
    List<Long> shape = call.assembly().shape(image.node());
    return Window.of(Math.toIntExact(shape.get(1)), Math.toIntExact(shape.get(2)));
  }

  private static Window window(LayerCall call, Tensor image) {
    int[] size = call.settings().pair(new int[] {2, 2}, "pool_size");
    int[] stride = call.settings().pair(size, "strides");
    Window window = Window.of(size[0], size[1]).stride(stride[0], stride[1]);
    return LinearLayers.padded(call, window, image);
  }
}

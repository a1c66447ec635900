package org.explain4j.models.keras;

import static org.explain4j.models.keras.LayerCall.require;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.explain4j.network.Crop;
import org.explain4j.network.Layer;
import org.explain4j.network.Reshape;
import org.explain4j.network.Resize;
import org.explain4j.network.ZeroPad;

/** Layers that move, drop or surround entries. */
final class ShapeLayers {
  private ShapeLayers() {}

  static Tensor zeroPadding(LayerCall call) {
    int[] edges = call.settings().edges("padding");
    return edged(call, new ZeroPad(edges[0], edges[2], edges[1], edges[3]));
  }

  static Tensor cropping(LayerCall call) {
    int[] edges = call.settings().edges("cropping");
    return edged(call, new Crop(edges[0], edges[2], edges[1], edges[3]));
  }

  private static Tensor edged(LayerCall call, Layer layer) {
    return call.add(layer, call.image());
  }

  /** With data_format channels_first Keras moves the channels last before it flattens. */
  static Tensor flatten(LayerCall call) {
    Tensor input = call.input();
    boolean moves = input.rank() == 3 && !call.settings().channelsLast();
    return input.flattened(
        call.assembly(), moves ? List.of(1, 2, 0) : input.natural(), call.name());
  }

  static Tensor reshape(LayerCall call) {
    Tensor input = call.input();
    List<Long> shape = call.shape();
    List<Long> target = target(shape, call.settings().integers("target_shape"));
    if (target.equals(shape)) {
      return input;
    }
    Tensor flat = input.flattened(call.assembly(), input.natural(), call.name() + ".flatten");
    List<Integer> order =
        switch (target.size()) {
          case 1 -> Tensor.VECTOR;
          case 2 -> Tensor.ONE_CHANNEL;
          case 3 -> Tensor.CHANNELS_FIRST; // that is, Keras' own order
          default ->
              throw new IllegalArgumentException(
                  String.format(
                      Locale.ROOT,
                      "A reshape to %d axes is not supported; reshapes to 1, 2 and 3 are.",
                      target.size()));
        };
    if (target.size() == 1) {
      return flat;
    }
    List<Long> whole = new ArrayList<>(target);
    if (target.size() == 2) {
      whole.add(0, 1L);
    }
    String node = call.assembly().add(call.name(), new Reshape(whole), flat.node());
    return new Tensor(node, order, input.softmax());
  }

  /** -1 takes what is left. */
  private static List<Long> target(List<Long> shape, List<Integer> asked) {
    long total = shape.stream().reduce(1L, Math::multiplyExact);
    long known =
        asked.stream().filter(d -> d != -1).mapToLong(d -> d).reduce(1, Math::multiplyExact);
    long open = asked.stream().filter(d -> d == -1).count();
    require(
        !asked.isEmpty()
            && asked.stream().allMatch(d -> d == -1 || d > 0)
            && (open == 0 ? known == total : open == 1 && total % known == 0),
        "It cannot reshape %s to %s.",
        shape,
        asked);
    return asked.stream().map(d -> d == -1 ? total / known : (long) d).toList();
  }

  /** Costs nothing: Keras' axes get other numbers. */
  static Tensor permute(LayerCall call) {
    Tensor input = call.input();
    List<Integer> dims = call.settings().integers("dims").stream().map(d -> d - 1).toList();
    require(
        dims.stream().sorted().toList().equals(input.natural()),
        "It cannot permute %s by %s.",
        input.described(call.assembly()),
        call.settings().integers("dims"));
    List<Integer> order =
        input.order().stream().map(a -> a == Tensor.NONE ? a : (Integer) dims.indexOf(a)).toList();
    return new Tensor(input.node(), order, input.softmax());
  }

  /** Each pixel repeated, or bilinear between the pixels' centres. */
  static Tensor upSampling(LayerCall call) {
    Tensor image = call.image();
    int[] factors = call.settings().pair(new int[] {2, 2}, "size");
    List<Long> shape = call.assembly().shape(image.node());
    String interpolation = call.settings().text("nearest", "interpolation");
    return switch (interpolation) {
      case "nearest" -> call.add(Resize.repeat(shape, factors[0], factors[1]), image);
      case "bilinear" ->
          call.add(
              Resize.to(
                  shape,
                  shape.get(1) * factors[0],
                  shape.get(2) * factors[1],
                  Resize.Mode.LINEAR,
                  Resize.Coordinates.HALF_PIXEL),
              image);
      default ->
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "The interpolation %s is not supported; nearest and bilinear are.",
                  interpolation));
    };
  }
}

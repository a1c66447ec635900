package org.explain4j.models.onnx;

import static org.explain4j.models.onnx.OnnxNode.require;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import onnx.Onnx.AttributeProto.AttributeType;
import org.explain4j.models.graph.TransposedConvolution;
import org.explain4j.models.onnx.OnnxValue.Tensor;
import org.explain4j.network.Resize;
import org.explain4j.network.Resize.Coordinates;
import org.explain4j.network.Resize.Mode;
import org.explain4j.network.Window;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Operators that make images larger, or give them another size. */
final class ResizeOperators {
  private ResizeOperators() {}

  static Map<String, Operator> all() {
    return Map.of(
        "Upsample", ResizeOperators::upsample,
        "Resize", ResizeOperators::resize,
        "Expand", ResizeOperators::expand,
        "ConvTranspose", ResizeOperators::transposedConvolution);
  }

  private static void upsample(OnnxNode node) {
    double[] scales =
        node.has(1)
            ? node.constant(1).numbers()
            : node.attribute("scales", AttributeType.FLOATS)
                .map(a -> a.getFloatsList().stream().mapToDouble(f -> f).toArray())
                .orElse(new double[0]);
    resize(node, scales, new long[0], mode(node, "floor"), Coordinates.ASYMMETRIC);
  }

  private static void resize(OnnxNode node) {
    boolean first = node.opset() < 11; // it had no settings but the mode
    String coordinates = node.text("coordinate_transformation_mode", "half_pixel");
    require(node.integer("exclude_outside", 0) == 0, "Its exclude_outside is not supported.");
    double[] scales =
        hasValues(node, first ? 1 : 2) ? node.constant(first ? 1 : 2).numbers() : new double[0];
    long[] sizes = hasValues(node, 3) ? node.integersAt(3) : new long[0];
    if (node.integers("axes").isPresent()) {
      scales = spread(node, scales);
      sizes =
          Arrays.stream(spread(node, LongStream.of(sizes).asDoubleStream().toArray()))
              .mapToLong(s -> (long) s)
              .toArray();
    }
    String policy = node.text("keep_aspect_ratio_policy", "stretch");
    if (sizes.length > 0 && !policy.equals("stretch")) {
      scales = proportional(policy, node.image(0).shape(), sizes);
    }
    String nearest = first ? "floor" : node.text("nearest_mode", "round_prefer_floor");
    resize(
        node,
        scales,
        sizes,
        mode(node, nearest),
        first ? Coordinates.ASYMMETRIC : named(Coordinates.class, coordinates));
  }

  /**
   * One scale for all axes that have a size, so that no new size is larger or none smaller.
   *
   * @param sizes 0 = as it is; are changed to the new ones
   */
  private static double[] proportional(String policy, long[] from, long... sizes) {
    boolean smallest = policy.equals("not_larger");
    require(smallest || policy.equals("not_smaller"), "Unknown policy '%s'.", policy);
    double scale = smallest ? Double.POSITIVE_INFINITY : 0;
    for (int i = 0; i < Math.min(from.length, sizes.length); i++) {
      double own = (double) sizes[i] / from[i];
      if (sizes[i] > 0) {
        scale = smallest ? Math.min(scale, own) : Math.max(scale, own);
      }
    }
    double[] scales = new double[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] > 0) {
        scales[i] = scale;
        sizes[i] = (long) Math.floor((float) (scale * from[i]) + 0.5);
      }
    }
    return scales;
  }

  private static boolean hasValues(OnnxNode node, int input) {
    return node.has(input) && node.constant(input).length() > 0;
  }

  /** Numbers for some axes as numbers for all; 0 = as it is. */
  private static double[] spread(OnnxNode node, double... some) {
    if (some.length == 0) {
      return some;
    }
    long[] axes = node.integers("axes").orElseThrow();
    require(axes.length == some.length, "It has %d axes and %d sizes.", axes.length, some.length);
    double[] all = new double[node.tensor(0).layout().rank()];
    for (int i = 0; i < axes.length; i++) {
      all[node.tensor(0).layout().axis(axes[i])] = some[i];
    }
    return all;
  }

  private static Mode mode(OnnxNode node, String nearest) {
    String mode = node.text("mode", "nearest");
    require(
        mode.endsWith("linear") || mode.equals("nearest"),
        "Its mode '%s' is not supported; nearest and linear are.",
        mode);
    return mode.equals("nearest") ? named(Mode.class, nearest) : Mode.LINEAR;
  }

  private static <E extends Enum<E>> E named(Class<E> type, String name) {
    return Arrays.stream(type.getEnumConstants())
        .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    String.format(
                        Locale.ROOT,
                        "'%s' is not supported; supported are %s.",
                        name,
                        Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT))));
  }

  private static void resize(
      OnnxNode node, double[] scales, long[] sizes, Mode mode, Coordinates coordinates) {
    Tensor input = node.image(0);
    long[] from = input.shape();
    boolean bySize = sizes.length > 0;
    require(
        (bySize ? sizes.length : scales.length) == 4,
        "It has the scales %s and sizes %s for images [n,c,h,w].",
        Arrays.toString(scales),
        Arrays.toString(sizes));
    long[] to = new long[4];
    double[] ratios = new double[4];
    for (int i = 0; i < 4; i++) {
      double given = bySize ? sizes[i] : scales[i];
      // Scales are float32, and 7.9999999 of a product in float64 is 8 there.
      long scaled = (long) Math.floor((float) (from[i] * given));
      to[i] = given == 0 ? from[i] : bySize ? sizes[i] : scaled;
      double sizeRatio = scales.length == 4 ? scales[i] : (double) to[i] / from[i];
      ratios[i] = given == 0 ? 1 : bySize ? sizeRatio : given;
    }
    require(
        node.integer("antialias", 0) == 0 || Math.min(ratios[2], ratios[3]) >= 1,
        "Its antialias is not supported for smaller images.");
    require(
        ratios[1] == 1 && (ratios[0] == 1 || bySize),
        "Only height and width are resized, not %s to %s.",
        Arrays.toString(from),
        Arrays.toString(to));
    Resize resize = new Resize(to[2], to[3], ratios[2], ratios[3], mode, coordinates);
    node.set(node.assembly().add(node.name(), resize, input.node()), input.layout());
  }

  /** Repeats height and width of size 1. */
  private static void expand(OnnxNode node) {
    Tensor input = node.tensor(0);
    long[] from = input.shape();
    long[] to = Places.common(from, node.integersAt(1));
    if (Arrays.equals(from, to)) {
      node.set(input);
      return;
    }
    require(
        to.length == 4 && from.length == 4 && to[0] == from[0] && to[1] == from[1],
        "It expands %s to %s; only height and width of images are repeated.",
        Arrays.toString(from),
        Arrays.toString(to));
    Tensor image = node.image(0);
    Resize repeat =
        Resize.to(
            node.assembly().shape(image.node()), to[2], to[3], Mode.FLOOR, Coordinates.ASYMMETRIC);
    node.set(node.assembly().add(node.name(), repeat, image.node()), image.layout());
  }

  private static void transposedConvolution(OnnxNode node) {
    Tensor input = node.image(0);
    INDArray weights = node.floats(1);
    require(
        weights.rank() == 4,
        "Its weights are %s, not [c,k,h,w].",
        Arrays.toString(weights.shape()));
    int groups = LinearOperators.groups(node);
    INDArray bias =
        node.has(2)
            ? node.floats(2)
            : LinearOperators.zeros(Math.multiplyExact(weights.size(1), groups));
    long[] kernel = {weights.size(2), weights.size(3)};
    long[] extra = node.integers("output_padding").orElse(new long[2]);
    Window window = LinearOperators.plain(node, kernel);
    String auto = node.text("auto_pad", "NOTSET");
    long[] shape = node.integers("output_shape").orElse(new long[0]);
    if (shape.length > 0 || auto.startsWith("SAME")) {
      window = cropped(window, input, extra, shape, auto.equals("SAME_UPPER"));
    } else if (!auto.equals("VALID")) {
      window = LinearOperators.padded(node, window);
    }
    TransposedConvolution transposed =
        new TransposedConvolution(
            weights,
            bias,
            window,
            LinearOperators.integer(extra[0]),
            LinearOperators.integer(extra[1]),
            groups);
    node.set(transposed.addTo(node.assembly(), node.name(), input.node()), input.layout());
  }

  /**
   * With what is cut off so that the output has a given size, or that of the input times stride.
   */
  private static Window cropped(
      Window window, Tensor input, long[] extra, long[] shape, boolean upper) {
    int[] strides = {window.strideY(), window.strideX()};
    int[] extents = {window.extentY(), window.extentX()};
    int[] before = new int[2];
    int[] after = new int[2];
    for (int i = 0; i < 2; i++) {
      long size = input.layout().size(2 + i);
      long asked = shape.length > 0 ? shape[shape.length - 2 + i] : size * strides[i];
      long total = Math.max(0, strides[i] * (size - 1) + extra[i] + extents[i] - asked);
      int half = LinearOperators.integer(total / 2);
      int rest = LinearOperators.integer(total - total / 2);
      before[i] = upper ? half : rest;
      after[i] = upper ? rest : half;
    }
    return window.pad(before[0], before[1], after[0], after[1]);
  }
}

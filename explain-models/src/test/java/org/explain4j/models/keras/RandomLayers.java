package org.explain4j.models.keras;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.explain4j.models.keras.KerasNet.Entry;

/** Draws layers behind what is there, with weights of float32; sizes are small. */
class RandomLayers {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  final SplittableRandom random;
  final boolean channelsFirst;
  int names;

  final List<Entry> entries = new ArrayList<>();
  final Map<String, int[]> shapes = new LinkedHashMap<>();
  String last;

  RandomLayers(long seed) {
    random = new SplittableRandom(seed);
    channelsFirst = random.nextInt(3) == 0;
  }

  RandomLayers(RandomLayers outer) {
    random = outer.random;
    channelsFirst = outer.channelsFirst;
    names = outer.names + 1;
  }

  String begin(int[] shape) {
    last = "in" + names++;
    shapes.put(last, shape);
    return last;
  }

  int[] image(int channels) {
    int h = between(6, 9);
    int w = between(6, 9);
    return channelsFirst ? new int[] {channels, h, w} : new int[] {h, w, channels};
  }

  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  int[] shape() {
    return shapes.get(last);
  }

  ObjectNode config() {
    return JSON.objectNode();
  }

  ObjectNode imageConfig() {
    return config().put("data_format", channelsFirst ? "channels_first" : "channels_last");
  }

  void add(String type, ObjectNode config, int[] shape) {
    add(type, config, shape, new LinkedHashMap<>(), List.of(last));
  }

  void add(
      String type,
      ObjectNode config,
      int[] shape,
      Map<String, SlowArray> weights,
      List<String> in) {
    String name = type.toLowerCase(java.util.Locale.ROOT) + "_" + names++;
    entries.add(
        new Entry(
            type,
            name,
            config,
            List.copyOf(weights.values()),
            List.copyOf(weights.keySet()),
            in,
            null));
    shapes.put(name, shape);
    last = name;
  }

  SlowArray weights(double size, int... shape) {
    SlowArray array = SlowArray.zeros(shape);
    // As the file's float32, so that only the arithmetic differs.
    return array.map(v -> (float) (random.nextDouble(-1, 1) * size));
  }

  void bias(ObjectNode config, Map<String, SlowArray> weights, int units) {
    boolean bias = random.nextInt(4) > 0;
    config.put("use_bias", bias);
    if (bias) {
      weights.put("bias", weights(0.5, units));
    }
  }

  void dense(int units, String activation) {
    int[] shape = shape().clone();
    int d = shape[shape.length - 1];
    Map<String, SlowArray> weights = new LinkedHashMap<>();
    weights.put("kernel", weights(Math.sqrt(3.0 / d), d, units));
    ObjectNode config = config().put("units", units).put("activation", activation);
    bias(config, weights, units);
    shape[shape.length - 1] = units;
    add("Dense", config, shape, weights, List.of(last));
  }

  int channels() {
    return channelsFirst ? shape()[0] : shape()[2];
  }

  int height() {
    return channelsFirst ? shape()[1] : shape()[0];
  }

  int width() {
    return channelsFirst ? shape()[2] : shape()[1];
  }

  int[] sized(int channels, int h, int w) {
    return channelsFirst ? new int[] {channels, h, w} : new int[] {h, w, channels};
  }

  /** Kernel, stride and dilation for both axes, and the output's height and width. */
  int[] geometry(ObjectNode config, String kernelName, boolean dilates) {
    boolean same = random.nextBoolean();
    int dilation = dilates && random.nextInt(3) == 0 ? 2 : 1;
    int stride = dilation == 1 ? between(1, 2) : 1;
    int[] sizes = {height(), width()};
    int[] kernel = new int[2];
    int[] out = new int[2];
    for (int i = 0; i < 2; i++) {
      int most = Math.max(1, Math.min(3, same ? 3 : (sizes[i] - 1) / dilation + 1));
      kernel[i] = between(1, most);
      out[i] =
          same
              ? (sizes[i] + stride - 1) / stride
              : (sizes[i] - (kernel[i] - 1) * dilation - 1) / stride + 1;
    }
    config.put("padding", same ? "same" : "valid");
    pair(config, kernelName, kernel[0], kernel[1]);
    pair(config, "strides", stride, stride);
    if (dilates) {
      pair(config, "dilation_rate", dilation, dilation);
    }
    return new int[] {kernel[0], kernel[1], out[0], out[1]};
  }

  static void pair(ObjectNode config, String name, int first, int second) {
    config.putArray(name).add(first).add(second);
  }

  void convolution() {
    ObjectNode config = imageConfig().put("activation", random.nextBoolean() ? "relu" : "linear");
    int[] g = geometry(config, "kernel_size", true);
    int groups = channels() % 2 == 0 && random.nextBoolean() ? 2 : 1;
    int filters = groups * between(1, 3);
    int perGroup = channels() / groups;
    config.put("filters", filters).put("groups", groups);
    Map<String, SlowArray> weights = new LinkedHashMap<>();
    double size = Math.sqrt(3.0 / (g[0] * g[1] * perGroup));
    weights.put("kernel", weights(size, g[0], g[1], perGroup, filters));
    bias(config, weights, filters);
    add("Conv2D", config, sized(filters, g[2], g[3]), weights, List.of(last));
  }

  void depthwise(String type) {
    ObjectNode config = imageConfig().put("activation", random.nextBoolean() ? "relu" : "linear");
    int[] g = geometry(config, "kernel_size", true);
    int multiplier = between(1, 2);
    int between = channels() * multiplier;
    int out = type.equals("SeparableConv2D") ? between(1, 4) : between;
    config.put("depth_multiplier", multiplier);
    Map<String, SlowArray> weights = new LinkedHashMap<>();
    weights.put(
        "depthwise_kernel",
        weights(Math.sqrt(3.0 / (g[0] * g[1])), g[0], g[1], channels(), multiplier));
    if (out != between || type.equals("SeparableConv2D")) {
      config.put("filters", out);
      weights.put("pointwise_kernel", weights(Math.sqrt(3.0 / between), 1, 1, between, out));
    }
    bias(config, weights, out);
    add(type, config, sized(out, g[2], g[3]), weights, List.of(last));
  }

  void window(String type) {
    ObjectNode config = imageConfig();
    int[] g = geometry(config, "pool_size", false);
    add(type, config, sized(channels(), g[2], g[3]));
  }

  void edges(String type, String name, int sign) {
    if (Math.min(height(), width()) < 4) {
      return;
    }
    int[] e = random.ints(4, 0, 2).toArray();
    ObjectNode config = imageConfig();
    ArrayNode edges = config.putArray(name);
    edges.addArray().add(e[0]).add(e[1]);
    edges.addArray().add(e[2]).add(e[3]);
    int h = height() + sign * (e[0] + e[1]);
    int w = width() + sign * (e[2] + e[3]);
    add(type, config, sized(channels(), h, w));
  }

  void batchNormalisation() {
    int[] shape = shape();
    int axis =
        random.nextInt(4) == 0
            ? between(1, shape.length)
            : shape.length == 3 && channelsFirst ? 1 : -1;
    int channels = shape[axis < 0 ? shape.length - 1 : axis - 1];
    ObjectNode config = config().put("epsilon", 0.001);
    boolean scale = random.nextBoolean();
    boolean center = random.nextBoolean();
    config.put("scale", scale).put("center", center);
    config.putArray("axis").add(axis);
    Map<String, SlowArray> weights = new LinkedHashMap<>();
    if (scale) {
      weights.put("gamma", weights(1.5, channels));
    }
    if (center) {
      weights.put("beta", weights(0.5, channels));
    }
    weights.put("moving_mean", weights(0.5, channels));
    weights.put("moving_variance", weights(0.5, channels).map(v -> (float) (v + 1)));
    add("BatchNormalization", config, shape, weights, List.of(last));
  }

  void permute() {
    int[] shape = shape();
    int[] dims = IntStream.rangeClosed(1, shape.length).toArray();
    int a = random.nextInt(dims.length);
    int swapped = dims[a];
    dims[a] = dims[0];
    dims[0] = swapped;
    ObjectNode config = config();
    ArrayNode list = config.putArray("dims");
    for (int d : dims) {
      list.add(d);
    }
    add("Permute", config, IntStream.of(dims).map(d -> shape[d - 1]).toArray());
  }

  void reshape() {
    int[] shape = shape();
    int total = IntStream.of(shape).reduce(1, (x, y) -> x * y);
    int first = total % 2 == 0 ? 2 : 1;
    int[] target =
        switch (random.nextInt(3)) {
          case 0 -> new int[] {total};
          case 1 -> new int[] {first, total / first};
          default -> new int[] {first, 1, total / first};
        };
    ObjectNode config = config();
    ArrayNode list = config.putArray("target_shape");
    for (int i = 0; i < target.length; i++) {
      list.add(i == target.length - 1 && random.nextBoolean() ? -1 : target[i]);
    }
    add("Reshape", config, target);
  }

  /** With an earlier value of the same shape, or along an axis in which two differ. */
  void merge() {
    int[] shape = shape();
    List<String> others =
        shapes.keySet().stream().filter(name -> Arrays.equals(shapes.get(name), shape)).toList();
    String other = others.get(random.nextInt(others.size()));
    List<String> in = List.of(last, other);
    switch (random.nextInt(4)) {
      case 0 -> add("Add", config(), shape, Map.of(), List.of(last, other, last));
      case 1 -> add("Subtract", config(), shape, Map.of(), in);
      case 2 -> add("Average", config(), shape, Map.of(), in);
      default -> {
        int axis = random.nextInt(shape.length);
        int[] joined = shape.clone();
        joined[axis] *= 2;
        int given = random.nextBoolean() ? axis + 1 : axis - shape.length;
        add("Concatenate", config().put("axis", given), joined, Map.of(), in);
      }
    }
  }

  void activation() {
    if (random.nextBoolean()) {
      add("ReLU", config().putNull("max_value"), shape());
    } else {
      add("Activation", config().put("activation", "relu"), shape());
    }
  }
}

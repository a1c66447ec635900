package org.explain4j.models.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.explain4j.models.keras.KerasNet.Entry;

/** What Keras' documentation says each layer computes, in float64 and with loops only. */
final class SlowKeras {
  private SlowKeras() {}

  /** The output of a model for one example; a soft-max is left out. */
  static SlowArray run(KerasNet net, SlowArray input) {
    Map<String, SlowArray> values = new HashMap<>(Map.of(net.input(), input));
    for (Entry entry : net.entries()) {
      List<SlowArray> inputs = entry.inputs().stream().map(values::get).toList();
      values.put(
          entry.name(),
          entry.nested() == null ? layer(entry, inputs) : run(entry.nested(), inputs.get(0)));
    }
    return values.get(net.output());
  }

  private static SlowArray layer(Entry e, List<SlowArray> in) {
    SlowArray x = in.get(0);
    JsonNode config = e.config();
    return switch (e.type()) {
      case "Dense" -> activated(e, dense(e, x));
      case "Conv2D" -> activated(e, images(e, x, image -> convolution(e, image)));
      case "DepthwiseConv2D" -> activated(e, images(e, x, i -> depthwise(e, i)));
      case "SeparableConv2D" -> activated(e, images(e, x, i -> separable(e, i)));
      case "MaxPooling2D" -> images(e, x, image -> pooled(e, image, true));
      case "AveragePooling2D" -> images(e, x, image -> pooled(e, image, false));
      case "GlobalMaxPooling2D" -> global(e, x, true);
      case "GlobalAveragePooling2D" -> global(e, x, false);
      case "BatchNormalization" -> batchNormalisation(e, x);
      case "Rescaling" ->
          x.map(v -> v * config.path("scale").asDouble() + config.path("offset").asDouble());
      case "Normalization" -> normalisation(e, x);
      case "Activation" -> activated(e, x);
      case "ReLU" -> x.map(v -> Math.max(v, 0));
      case "ZeroPadding2D" -> images(e, x, image -> edges(image, config.path("padding"), 1));
      case "Cropping2D" -> images(e, x, image -> edges(image, config.path("cropping"), -1));
      case "Flatten" -> flatten(e, x);
      case "Reshape" -> reshape(x, config.path("target_shape"));
      case "Permute" ->
          x.permuted(
              IntStream.range(0, x.rank())
                  .map(i -> config.path("dims").get(i).asInt() - 1)
                  .toArray());
      case "Add" -> in.stream().reduce((a, b) -> a.with(b, Double::sum)).orElseThrow();
      case "Subtract" -> x.with(in.get(1), (a, b) -> a - b);
      case "Average" ->
          in.stream()
              .reduce((a, b) -> a.with(b, Double::sum))
              .orElseThrow()
              .map(v -> v / in.size());
      case "Concatenate" -> concatenate(in, config.path("axis").asInt());
      case "Dropout", "GaussianNoise", "SpatialDropout2D", "RandomFlip", "Softmax" -> x;
      default -> throw new IllegalArgumentException(e.type());
    };
  }

  private static SlowArray activated(Entry e, SlowArray x) {
    return e.config().path("activation").asText().equals("relu") ? x.map(v -> Math.max(v, 0)) : x;
  }

  /** Images with their channels last, whatever the layer's data_format. */
  private static SlowArray images(Entry e, SlowArray x, UnaryOperator<SlowArray> function) {
    boolean first = e.config().path("data_format").asText().equals("channels_first");
    return first ? function.apply(x.permuted(1, 2, 0)).permuted(2, 0, 1) : function.apply(x);
  }

  private static double bias(Entry e, int unit) {
    return e.config().path("use_bias").asBoolean(true)
        ? e.weights().get(e.weights().size() - 1).at(unit)
        : 0;
  }

  private static SlowArray dense(Entry e, SlowArray x) {
    SlowArray kernel = e.weights().get(0);
    int[] shape = x.shape().clone();
    int d = shape[shape.length - 1];
    int units = kernel.size(1);
    shape[shape.length - 1] = units;
    SlowArray y = SlowArray.zeros(shape);
    for (int row = 0; row < x.data().length / d; row++) {
      for (int k = 0; k < units; k++) {
        double sum = bias(e, k);
        for (int i = 0; i < d; i++) {
          sum += x.data()[row * d + i] * kernel.at(i, k);
        }
        y.data()[row * units + k] = sum;
      }
    }
    return y;
  }

  private static SlowArray convolution(Entry e, SlowArray x) {
    SlowArray kernel = e.weights().get(0);
    int filters = kernel.size(3);
    int perGroup = kernel.size(2);
    int filtersPerGroup = filters / e.config().path("groups").asInt(1);
    SlowWindow h = SlowWindow.of(e, x, 0, "kernel_size");
    SlowWindow w = SlowWindow.of(e, x, 1, "kernel_size");
    SlowArray y = SlowArray.zeros(h.outputs(), w.outputs(), filters);
    for (int i = 0; i < y.data().length; i++) {
      int k = y.along(2, i);
      double sum = bias(e, k);
      for (int dy = 0; dy < h.kernel(); dy++) {
        for (int dx = 0; dx < w.kernel(); dx++) {
          for (int c = 0; c < perGroup; c++) {
            sum +=
                kernel.at(dy, dx, c, k)
                    * x.padded(
                        h.start(y.along(0, i)) + dy * h.dilation(),
                        w.start(y.along(1, i)) + dx * w.dilation(),
                        k / filtersPerGroup * perGroup + c);
          }
        }
      }
      y.data()[i] = sum;
    }
    return y;
  }

  private static SlowArray filtered(Entry e, SlowArray x) {
    SlowArray kernel = e.weights().get(0);
    int multiplier = kernel.size(3);
    SlowWindow h = SlowWindow.of(e, x, 0, "kernel_size");
    SlowWindow w = SlowWindow.of(e, x, 1, "kernel_size");
    SlowArray y = SlowArray.zeros(h.outputs(), w.outputs(), kernel.size(2) * multiplier);
    for (int i = 0; i < y.data().length; i++) {
      int k = y.along(2, i);
      for (int dy = 0; dy < h.kernel(); dy++) {
        for (int dx = 0; dx < w.kernel(); dx++) {
          y.data()[i] +=
              kernel.at(dy, dx, k / multiplier, k % multiplier)
                  * x.padded(
                      h.start(y.along(0, i)) + dy * h.dilation(),
                      w.start(y.along(1, i)) + dx * w.dilation(),
                      k / multiplier);
        }
      }
    }
    return y;
  }

  private static SlowArray depthwise(Entry e, SlowArray x) {
    SlowArray y = filtered(e, x);
    for (int i = 0; i < y.data().length; i++) {
      y.data()[i] += bias(e, y.along(2, i));
    }
    return y;
  }

  private static SlowArray separable(Entry e, SlowArray x) {
    SlowArray between = filtered(e, x);
    SlowArray kernel = e.weights().get(1);
    SlowArray y = SlowArray.zeros(between.size(0), between.size(1), kernel.size(3));
    for (int i = 0; i < y.data().length; i++) {
      int k = y.along(2, i);
      double sum = bias(e, k);
      for (int c = 0; c < between.size(2); c++) {
        sum += kernel.at(0, 0, c, k) * between.at(y.along(0, i), y.along(1, i), c);
      }
      y.data()[i] = sum;
    }
    return y;
  }

  private static SlowArray pooled(Entry e, SlowArray x, boolean max) {
    SlowWindow h = SlowWindow.of(e, x, 0, "pool_size");
    SlowWindow w = SlowWindow.of(e, x, 1, "pool_size");
    SlowArray y = SlowArray.zeros(h.outputs(), w.outputs(), x.size(2));
    for (int i = 0; i < y.data().length; i++) {
      double largest = Double.NEGATIVE_INFINITY;
      double sum = 0;
      int count = 0;
      for (int dy = 0; dy < h.kernel(); dy++) {
        for (int dx = 0; dx < w.kernel(); dx++) {
          int row = h.start(y.along(0, i)) + dy;
          int column = w.start(y.along(1, i)) + dx;
          if (row >= 0 && column >= 0 && row < x.size(0) && column < x.size(1)) {
            double value = x.at(row, column, y.along(2, i));
            largest = Math.max(largest, value);
            sum += value;
            count++;
          }
        }
      }
      y.data()[i] = max ? largest : sum / count;
    }
    return y;
  }

  private static SlowArray global(Entry e, SlowArray x, boolean max) {
    boolean first = e.config().path("data_format").asText().equals("channels_first");
    SlowArray image = first ? x.permuted(1, 2, 0) : x;
    int channels = image.size(2);
    double[] y = new double[channels];
    Arrays.fill(y, max ? Double.NEGATIVE_INFINITY : 0);
    for (int i = 0; i < image.data().length; i++) {
      int c = image.along(2, i);
      double value = image.data()[i];
      y[c] = max ? Math.max(y[c], value) : y[c] + value * channels / image.data().length;
    }
    boolean keeps = e.config().path("keepdims").asBoolean();
    int[] kept = first ? new int[] {channels, 1, 1} : new int[] {1, 1, channels};
    return new SlowArray(keeps ? kept : new int[] {channels}, y);
  }

  private static SlowArray batchNormalisation(Entry e, SlowArray x) {
    JsonNode given = e.config().path("axis");
    int axis = (given.isArray() ? given.get(0) : given).asInt();
    int own = axis < 0 ? axis + x.rank() : axis - 1;
    boolean scale = e.config().path("scale").asBoolean();
    boolean center = e.config().path("center").asBoolean();
    int last = e.weights().size() - 1;
    SlowArray y = x.map(v -> v);
    for (int i = 0; i < y.data().length; i++) {
      int c = x.along(own, i);
      double value = x.data()[i] - e.weights().get(last - 1).at(c);
      value /= Math.sqrt(e.weights().get(last).at(c) + e.config().path("epsilon").asDouble());
      value *= scale ? e.weights().get(0).at(c) : 1;
      y.data()[i] = value + (center ? e.weights().get(scale ? 1 : 0).at(c) : 0);
    }
    return y;
  }

  private static SlowArray normalisation(Entry e, SlowArray x) {
    SlowArray y = x.map(v -> v);
    for (int i = 0; i < y.data().length; i++) {
      int c = x.along(x.rank() - 1, i);
      double deviation = Math.max(Math.sqrt(e.weights().get(1).at(c)), 1e-7);
      y.data()[i] = (x.data()[i] - e.weights().get(0).at(c)) / deviation;
    }
    return y;
  }

  private static SlowArray edges(SlowArray x, JsonNode edges, int sign) {
    int[] e = IntStream.range(0, 4).map(i -> sign * edges.get(i / 2).get(i % 2).asInt()).toArray();
    SlowArray y = SlowArray.zeros(x.size(0) + e[0] + e[1], x.size(1) + e[2] + e[3], x.size(2));
    for (int i = 0; i < y.data().length; i++) {
      y.data()[i] = x.padded(y.along(0, i) - e[0], y.along(1, i) - e[2], y.along(2, i));
    }
    return y;
  }

  private static SlowArray flatten(Entry e, SlowArray x) {
    boolean first = e.config().path("data_format").asText().equals("channels_first");
    SlowArray ordered = first && x.rank() == 3 ? x.permuted(1, 2, 0) : x;
    return ordered.reshaped(x.data().length);
  }

  private static SlowArray reshape(SlowArray x, JsonNode target) {
    int[] shape = IntStream.range(0, target.size()).map(i -> target.get(i).asInt()).toArray();
    int known = Arrays.stream(shape).filter(d -> d > 0).reduce(1, (a, b) -> a * b);
    return x.reshaped(Arrays.stream(shape).map(d -> d < 0 ? x.data().length / known : d).toArray());
  }

  private static SlowArray concatenate(List<SlowArray> in, int axis) {
    int own = axis < 0 ? axis + in.get(0).rank() : axis - 1;
    int[] shape = in.get(0).shape().clone();
    shape[own] = in.stream().mapToInt(x -> x.size(own)).sum();
    SlowArray y = SlowArray.zeros(shape);
    int from = 0;
    for (SlowArray x : in) {
      for (int i = 0; i < x.data().length; i++) {
        int[] index = new int[shape.length];
        for (int a = 0; a < index.length; a++) {
          index[a] = x.along(a, i) + (a == own ? from : 0);
        }
        y.set(x.data()[i], index);
      }
      from += x.size(own);
    }
    return y;
  }
}

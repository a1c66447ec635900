package org.explain4j.models.keras;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.explain4j.models.keras.KerasNet.Entry;

/** Draws models of every layer that the reader knows; sizes are small, so that loops suffice. */
final class RandomKeras extends RandomLayers {
  private static final int CLASSES = 3;

  RandomKeras(long seed) {
    super(seed);
  }

  private RandomKeras(RandomKeras outer) {
    super(outer);
  }

  KerasNet net() {
    int[] shape =
        switch (random.nextInt(8)) {
          case 0 -> new int[] {between(3, 8)};
          case 1 -> new int[] {between(4, 7), between(4, 7)};
          default -> image(between(1, 4));
        };
    String input = begin(shape);
    if (random.nextInt(3) == 0) {
      scaling();
    }
    boolean sequential = random.nextInt(3) == 0;
    int layers = between(2, 8);
    for (int i = 0; i < layers; i++) {
      step(sequential, true);
    }
    head();
    return new KerasNet("net", sequential, input, shape, entries, last);
  }

  private void step(boolean sequential, boolean nests) {
    int[] shape = shape();
    int kind = random.nextInt(20);
    if (shape.length == 3 && kind < 11) {
      imageStep(kind);
    } else if (kind < 12) {
      dense(between(2, 6), random.nextBoolean() ? "relu" : "linear");
    } else if (kind == 12) {
      batchNormalisation();
    } else if (kind == 13 && shape.length > 1) {
      permute();
    } else if (kind == 14) {
      reshape();
    } else if (kind < 17 && !sequential) {
      merge();
    } else if (kind == 17 && nests) {
      nested();
    } else if (kind == 18) {
      add(random.nextBoolean() ? "Dropout" : "GaussianNoise", config(), shape);
    } else {
      activation();
    }
  }

  private void imageStep(int kind) {
    switch (kind) {
      case 0, 1, 2 -> convolution();
      case 3 -> depthwise("DepthwiseConv2D");
      case 4 -> depthwise("SeparableConv2D");
      case 5 -> window("MaxPooling2D");
      case 6 -> window("AveragePooling2D");
      case 7 -> edges("ZeroPadding2D", "padding", 1);
      case 8 -> edges("Cropping2D", "cropping", -1);
      case 9 -> batchNormalisation();
      default -> add("SpatialDropout2D", config(), shape());
    }
  }

  private void nested() {
    RandomKeras inner = new RandomKeras(this);
    int[] shape = shape();
    String input = inner.begin(shape);
    boolean sequential = random.nextBoolean();
    for (int i = between(1, 3); i > 0; i--) {
      inner.step(sequential, false);
    }
    if (inner.entries.isEmpty()) {
      inner.activation();
    }
    names = inner.names + 1;
    String name = "model_" + names;
    KerasNet net = new KerasNet(name, sequential, input, shape, inner.entries, inner.last);
    entries.add(new Entry("", name, config(), List.of(), List.of(), List.of(last), net));
    shapes.put(name, inner.shape());
    last = name;
  }

  private void head() {
    if (shape().length == 3 && random.nextBoolean()) {
      String type = random.nextBoolean() ? "GlobalAveragePooling2D" : "GlobalMaxPooling2D";
      boolean keeps = random.nextInt(3) == 0;
      add(
          type,
          imageConfig().put("keepdims", keeps),
          keeps ? sized(channels(), 1, 1) : new int[] {channels()});
    }
    if (shape().length > 1) {
      int total = IntStream.of(shape()).reduce(1, (a, b) -> a * b);
      add("Flatten", imageConfig(), new int[] {total});
    }
    dense(CLASSES, random.nextBoolean() ? "softmax" : "linear");
    if (entries.get(entries.size() - 1).config().path("activation").asText().equals("linear")
        && random.nextBoolean()) {
      add("Softmax", config().put("axis", -1), shape());
    }
  }

  private void scaling() {
    if (random.nextBoolean()) {
      add("Rescaling", config().put("scale", 1 / 127.5).put("offset", -1.0), shape());
      return;
    }
    int channels = shape()[shape().length - 1];
    Map<String, SlowArray> weights = new LinkedHashMap<>();
    weights.put("mean", weights(10, channels).map(v -> (float) (v + 120)));
    weights.put("variance", weights(500, channels).map(v -> (float) (v + 4000)));
    weights.put("count", new SlowArray(new int[0], new double[] {7}));
    ObjectNode config = config();
    config.putArray("axis").add(-1);
    add("Normalization", config, shape(), weights, List.of(last));
  }
}

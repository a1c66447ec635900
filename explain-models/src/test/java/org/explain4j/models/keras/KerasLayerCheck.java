package org.explain4j.models.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.explain4j.api.Model;
import org.explain4j.models.keras.KerasNet.Entry;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A layer or a few in a Keras file, and what its output must be at each place. */
record KerasLayerCheck(Path folder) {
  static final int H = 3;
  static final int W = 4;
  static final int C = 4;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  interface Expected {
    double at(int x, int y, int c, SlowArray input);
  }

  void assertOutput(int version, Entry entry, Expected expected, int h, int w) throws IOException {
    assertOutput(version, List.of(entry), expected, h, w);
  }

  void assertOutput(int version, List<Entry> entries, Expected expected, int height, int width)
      throws IOException {
    SlowArray input = random(H, W, C).map(v -> 4 * v);
    Model model = read(version, entries.toArray(Entry[]::new));
    INDArray image =
        Nd4j.createFromArray(input.data())
            .castTo(DataType.FLOAT)
            .reshape('c', 1, H, W, C)
            .permute(0, 3, 1, 2)
            .dup('c');
    INDArray output = model.network().forward(image).logits();
    assertThat(output.shape()).containsExactly(1, (long) height * width * C); // in Keras' order
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < C; c++) {
          assertThat(output.getDouble(0, (y * width + x) * C + c))
              .isCloseTo(expected.at(x, y, c, input), within(1e-4));
        }
      }
    }
  }

  SlowArray random(int... shape) {
    SplittableRandom random = new SplittableRandom(7 + shape.length);
    return SlowArray.zeros(shape).map(v -> random.nextDouble(-1, 1));
  }

  Entry entry(String type, ObjectNode config) {
    return entry(type, config, List.of(), List.of());
  }

  Entry entry(String type, ObjectNode config, List<SlowArray> weights, List<String> names) {
    return new Entry(type, "last", config, weights, names, List.of("first"), null);
  }

  Model read(int version, Entry... entries) throws IOException {
    List<Entry> all = new ArrayList<>(List.of(first()));
    all.addAll(List.of(entries));
    KerasNet net = new KerasNet("net", false, "in", new int[] {H, W, C}, all, "last");
    Path file = folder.resolve("net.h5");
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putAttribute("model_config", net.json(version).toString());
      KerasFiles.weights(hdf.putGroup("model_weights"), net);
    }
    return new KerasReader().read(file);
  }

  /** Changes nothing; a file needs some weights. */
  private static Entry first() {
    SlowArray kernel = SlowArray.zeros(1, 1, C, C);
    for (int c = 0; c < C; c++) {
      kernel.set(1, 0, 0, c, c);
    }
    ObjectNode settings = JSON.objectNode().put("filters", C).put("kernel_size", 1);
    settings.put("use_bias", false);
    return new Entry(
        "Conv2D", "first", settings, List.of(kernel), List.of("kernel"), List.of("in"), null);
  }
}

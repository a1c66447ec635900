package org.explain4j.models.keras;

import static org.explain4j.models.keras.KerasLayerCheck.C;
import static org.explain4j.models.keras.KerasLayerCheck.H;
import static org.explain4j.models.keras.KerasLayerCheck.W;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.explain4j.models.keras.KerasNet.Entry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Normalisations, resizing, transposed convolutions and products, against what Keras' documentation
 * says in loops.
 */
class KerasNormalisationAndResizingTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  @TempDir Path folder;

  private KerasLayerCheck check() {
    return new KerasLayerCheck(folder);
  }

  @Test
  void layerNormalisationIsOverTheLastAxis() throws IOException {
    SlowArray gamma = check().random(C);
    SlowArray beta = check().random(C);
    check()
        .assertOutput(
            3,
            check()
                .entry(
                    "LayerNormalization",
                    JSON.objectNode().put("epsilon", 0.01),
                    List.of(gamma, beta),
                    List.of("gamma", "beta")),
            (x, y, c, in) -> {
              double[] numbers = new double[C];
              for (int i = 0; i < C; i++) {
                numbers[i] = in.at(y, x, i);
              }
              return normalised(in.at(y, x, c), numbers, 0.01) * gamma.at(c) + beta.at(c);
            },
            H,
            W);
  }

  @Test
  void groupNormalisationIsOverGroupsOfChannels() throws IOException {
    SlowArray gamma = check().random(C);
    check()
        .assertOutput(
            3,
            check()
                .entry(
                    "GroupNormalization",
                    JSON.objectNode().put("groups", 2).put("epsilon", 0.01).put("center", false),
                    List.of(gamma),
                    List.of("gamma")),
            (x, y, c, in) -> {
              double[] numbers = new double[H * W * 2];
              for (int i = 0; i < numbers.length; i++) {
                numbers[i] = in.at(i / 2 / W, i / 2 % W, c / 2 * 2 + i % 2);
              }
              return normalised(in.at(y, x, c), numbers, 0.01) * gamma.at(c);
            },
            H,
            W);
  }

  private static double normalised(double x, double[] numbers, double epsilon) {
    double mean = 0;
    double squares = 0;
    for (double number : numbers) {
      mean += number / numbers.length;
      squares += number * number / numbers.length;
    }
    return (x - mean) / Math.sqrt(squares - mean * mean + epsilon);
  }

  @Test
  void upSamplingRepeatsPixels() throws IOException {
    ObjectNode settings = JSON.objectNode();
    settings.putArray("size").add(2).add(3);
    check()
        .assertOutput(
            3,
            check().entry("UpSampling2D", settings),
            (x, y, c, in) -> in.at(y / 2, x / 3, c),
            2 * H,
            3 * W);
    check()
        .assertOutput(
            3,
            check().entry("UpSampling2D", JSON.objectNode().put("interpolation", "bilinear")),
            (x, y, c, in) -> {
              double v = Math.min(Math.max((y + 0.5) / 2 - 0.5, 0), H - 1);
              double u = Math.min(Math.max((x + 0.5) / 2 - 0.5, 0), W - 1);
              double sum = 0;
              for (int i = 0; i < H; i++) {
                for (int j = 0; j < W; j++) {
                  double near = Math.max(0, 1 - Math.abs(v - i)) * Math.max(0, 1 - Math.abs(u - j));
                  sum += near * in.at(i, j, c);
                }
              }
              return sum;
            },
            2 * H,
            2 * W);
  }

  /** The transpose of TensorFlow's convolution: where "same" crops, the odd row is the last. */
  @ParameterizedTest
  @CsvSource({"3, 2, same", "3, 2, valid", "2, 2, same", "1, 2, valid", "4, 1, same", "2, 3, same"})
  void transposedConvolutionsSpreadEachPixel(int size, int stride, String padding)
      throws IOException {
    SlowArray kernel = check().random(size, size, C, C);
    SlowArray bias = check().random(C);
    ObjectNode settings = JSON.objectNode().put("filters", C).put("padding", padding);
    settings.put("kernel_size", size).put("strides", stride).put("activation", "linear");
    int more = Math.max(size - stride, 0);
    int before = padding.equals("same") ? more / 2 : 0;
    int rest = padding.equals("same") ? 0 : more;
    check()
        .assertOutput(
            3,
            check()
                .entry(
                    "Conv2DTranspose", settings, List.of(kernel, bias), List.of("kernel", "bias")),
            (x, y, c, in) -> {
              double sum = bias.at(c);
              for (int i = 0; i < H; i++) {
                for (int j = 0; j < W; j++) {
                  int ky = y + before - i * stride;
                  int kx = x + before - j * stride;
                  for (int k = 0; k < C; k++) {
                    boolean hit = ky >= 0 && kx >= 0 && ky < size && kx < size;
                    sum += hit ? kernel.at(ky, kx, c, k) * in.at(i, j, k) : 0;
                  }
                }
              }
              return sum;
            },
            H * stride + rest,
            W * stride + rest);
  }

  @Test
  void productsRepeatGatesOfChannels() throws IOException {
    Entry gate =
        new Entry(
            "GlobalAveragePooling2D",
            "gate",
            JSON.objectNode().put("keepdims", true),
            List.of(),
            List.of(),
            List.of("first"),
            null);
    Entry product =
        new Entry(
            "Multiply",
            "last",
            JSON.objectNode(),
            List.of(),
            List.of(),
            List.of("first", "gate"),
            null);
    check()
        .assertOutput(
            3,
            List.of(gate, product),
            (x, y, c, in) -> {
              double mean = 0;
              for (int i = 0; i < H * W; i++) {
                mean += in.at(i / W, i % W, c) / (H * W);
              }
              return in.at(y, x, c) * mean;
            },
            H,
            W);
  }
}

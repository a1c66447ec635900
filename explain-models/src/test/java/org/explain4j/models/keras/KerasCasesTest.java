package org.explain4j.models.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.explain4j.api.Model;
import org.explain4j.network.Convolution;
import org.explain4j.network.Network;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Files that were misread or refused, with the logits that they must give. */
class KerasCasesTest {
  private static final String FOLDER = "cases/keras/";

  @Test
  void groupsOfAConvolutionSeeTheirOwnChannelsOnly() throws IOException {
    Network network = assertLogits("conv_groups2.h5", "", List.of(4L, 7L, 7L));
    assertThat(network.nodes())
        .filteredOn(n -> n.layer() instanceof Convolution layer && layer.groups() == 2)
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "cfirst_gap_noin.h5, 3, 9, 8",
    "cfirst_func.h5, 3, 9, 8",
    "channels_first.h5, 3, 9, 8",
  })
  void channelsFirstIsReadWithoutABackendOfItsOwn(String file, long c, long h, long w)
      throws IOException {
    assertLogits(file, "", List.of(c, h, w));
  }

  @Test
  void anInitialiserThatIsOverwrittenCostsNothing() throws IOException {
    long start = System.nanoTime();
    assertLogits("orth_64_32.h5", "", List.of(64L));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void aReluThatIsALayerIsRead() throws IOException {
    assertLogits("ReLU_0_model.h5", "", List.of(16L));
    assertLogits("relu_layer.h5", "", List.of(3L, 9L, 8L));
  }

  @Test
  void aDepthwiseConvolutionIsRead() throws IOException {
    assertLogits("depthwise.h5", "", List.of(3L, 9L, 8L));
  }

  @Test
  void aFlattenOfMapsWithoutChannelsComesFirst() throws IOException {
    assertLogits("flat_first_gray.h5", "", List.of(1L, 9L, 8L));
  }

  @Test
  void batchNormalisationHasNoCentre() throws IOException {
    assertLogits("bn_nocenter.h5", "", List.of(3L, 9L, 8L));
  }

  @ParameterizedTest
  @CsvSource({
    "maxnorm_int.h5",
    "names_slash.h5",
    "gap_3_dims_flatten.h5",
    "gap_keepdims.h5",
    "nested.h5",
    "keras3_seq.h5"
  })
  void constraintsSlashesPoolingNestingAndKeras3AreRead(String file) throws IOException {
    assertLogits(file, "hwc", List.of(3L, 9L, 8L));
  }

  @Test
  void rescalingComesFirstAndBecomesPreprocessing() throws IOException {
    Model model = read("rescaling.h5");
    assertThat(model.preprocessing().scale()).isEqualTo(2);
    assertThat(model.preprocessing().mean()).containsExactly(1.0, 1.0, 1.0);
    INDArray pixels = input("rescaling", "hwc").div(255);
    INDArray logits = model.network().logits(model.preprocessing().apply(pixels));
    assertEqual(logits, Shared.npy(FOLDER + "rescaling.e"));
  }

  @Test
  void windowsPathsAndCountersByTwoOfKeras213AreRead() throws IOException {
    assertLogits("mnist_cnn_k213_windows.keras", "hwc", List.of(1L, 28L, 28L));
  }

  @Test
  void layersAreFoundByTheirCounterNotByTheirName() throws IOException {
    assertLogits("mnist_cnn_k38_renumbered.keras", "hwc", List.of(1L, 28L, 28L));
    assertLogits("mnist_cnn_k36.keras", "hwc", List.of(1L, 28L, 28L));
  }

  @Test
  void functionalModelsOfKeras3AreRead() throws IOException {
    assertLogits("iris_functional_k39.keras", "", List.of(2L));
  }

  @Test
  void nestedAugmentationDoesNothingAndRescalingBecomesPreprocessing() throws IOException {
    Model model = read("skin_nested_augment_k313.keras");
    assertThat(model.preprocessing().scale()).isEqualTo(1);
    assertThat(model.preprocessing().mean()).isEmpty();
    assertThat(model.notes()).anyMatch(note -> note.contains("random_flip"));
    INDArray pixels = input("skin_nested_augment_k313", "hwc").div(255);
    INDArray logits = model.network().logits(model.preprocessing().apply(pixels));
    assertEqual(logits, Shared.npy(FOLDER + "skin_nested_augment_k313.e"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wide_weights.h5        | 'conv_1' (Conv2D)  | [3, 3, 3, 32] | [3, 3, 3, 64]",
        "json_of_other_width.h5 | 'conv_1' (Conv2D)  | [3, 3, 3, 32] | [3, 3, 3, 64]",
        "conv_wrongshape.h5     | 'conv_1' (Conv2D)  | [3, 3, 3, 4]  | has [",
        "dense_wrongshape.h5    | 'dense_1' (Dense)  | [4, 5]        | has ["
      })
  void weightsOfAnotherShapeAreRefusedWithBothShapes(
      String file, String layer, String expected, String found) {
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(file, layer, expected, found);
  }

  @Test
  void aRecurrentLayerIsRefusedByNameAtOnce() {
    assertRefused("lstm.h5", "layer 'lstm_1' (LSTM)");
  }

  @Test
  void upSamplingAndTanhAreRead() throws IOException {
    Model model = read("cnn2d_100.h5");
    INDArray x = Shared.npy(FOLDER + "cnn2d_100.x").castTo(DataType.FLOAT);
    List<Long> shape = model.network().inputShape();
    boolean last = !shape.equals(List.of(x.size(1), x.size(2), x.size(3)));
    INDArray input = last ? x.permute(0, 3, 1, 2).dup('c') : x;
    assertEqual(model.network().logits(input), Shared.npy(FOLDER + "cnn2d_100.e"));
  }

  @ParameterizedTest
  @CsvSource({"h0041.h5", "h0366.h5", "h0561.h5", "h0709.h5"})
  void damagedFilesAreRefusedByName(String file) {
    assertThatThrownBy(() -> new KerasReader().read(Shared.path("cases/damaged/" + file)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("null").doesNotContain("http"));
  }

  @Test
  void twoReadingsOfAFileGiveTheSameLogits() throws IOException {
    INDArray input = Shared.npy(FOLDER + "conv_groups2.x").castTo(DataType.FLOAT);
    assertThat(read("conv_groups2.h5").network().logits(input))
        .isEqualTo(read("conv_groups2.h5").network().logits(input));
  }

  private static void assertRefused(String file, String layer) {
    Path path = Shared.path(FOLDER + file);
    long start = System.nanoTime();
    assertThatThrownBy(() -> new KerasReader().read(path))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(file, layer)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("http"));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
  }

  private static Model read(String file) throws IOException {
    Path path = Shared.path(FOLDER + file);
    assertThat(new KerasReader().accepts(path)).isTrue();
    return new KerasReader().read(path);
  }

  private static Network assertLogits(String file, String layout, List<Long> shape)
      throws IOException {
    String name = file.substring(0, file.lastIndexOf('.'));
    Network network = read(file).network();
    assertThat(network.inputShape()).isEqualTo(shape);
    assertEqual(network.logits(input(name, layout)), Shared.npy(FOLDER + name + ".e"));
    return network;
  }

  private static INDArray input(String name, String layout) {
    INDArray input = Shared.npy(FOLDER + name + ".x").castTo(DataType.FLOAT);
    return layout.equals("hwc") ? input.permute(0, 3, 1, 2).dup('c') : input;
  }

  private static void assertEqual(INDArray logits, INDArray expected) {
    INDArray right = expected.castTo(DataType.DOUBLE).reshape(logits.shape());
    double largest = Math.max(1, right.amaxNumber().doubleValue());
    assertThat(logits.castTo(DataType.DOUBLE).sub(right).amaxNumber().doubleValue() / largest)
        .isCloseTo(0, within(1e-5));
  }
}

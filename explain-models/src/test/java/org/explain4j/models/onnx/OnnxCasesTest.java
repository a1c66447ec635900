package org.explain4j.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.explain4j.api.Model;
import org.explain4j.models.files.FileModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Common exports that were refused, with the logits that PyTorch computes from their weights in
 * float64 ({@code cases/NAME.e.npy}).
 */
class OnnxCasesTest {
  @TempDir Path folder;

  @Test
  void aReshapeStandsForATransposeWhereThereIsOneChannel() throws IOException {
    Model model = assertLogits("tf_reshape_gray");
    assertThat(model.network().inputShape()).containsExactly(1L, 8L, 8L);
  }

  @Test
  void anInputWithChannelsLastIsRescaledBeforeItIsTransposed() throws IOException {
    Model model = assertLogits("tf_scalar_rescale");
    assertThat(model.network().inputShape()).containsExactly(3L, 8L, 8L);
  }

  @Test
  void aReshapeHasTheBatchThatTheModelWasExportedWith() throws IOException {
    assertLogits("view_static4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"unused_bool_init", "unused_empty_init"})
  void weightsThatNothingReadsAreNotRead(String name) throws IOException {
    assertLogits(name);
  }

  @Test
  void weightsLieInAnotherFile() throws IOException {
    copied("external.bin");
    Model model = assertLogits("external");
    byte[] other = Files.readAllBytes(folder.resolve("external.bin"));
    other[1] ^= 1;
    Files.write(folder.resolve("external.bin"), other);
    assertThat(model("external", "").fingerprint()).isNotEqualTo(model.fingerprint());
  }

  @Test
  void weightsThatAreSaidToLieInAnotherFileAreMissing() {
    assertThatThrownBy(() -> model("external", ""))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("external.onnx", "'w'", "external.bin", "no such file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"squeeze_squeeze", "mean3_mean2", "index00"})
  void heightAndWidthAreTakenAwayOneAfterTheOther(String name) throws IOException {
    assertLogits(name);
  }

  @Test
  void thePaddingIsComputedInTheGraph() throws IOException {
    assertLogits("zeropad2d");
  }

  @Test
  void paddingNamesItsAxes() throws IOException {
    assertLogits("pad_op18_axes");
  }

  @Test
  void aSliceCountsFromTheEnd() throws IOException {
    assertLogits("slice_neg");
  }

  @Test
  void dropoutHasItsRatioAndModeAsInputs() throws IOException {
    assertLogits("dropout_op13");
  }

  @Test
  void aModelExportedInTrainingModeIsReadAsInEvaluationAndThisIsSaid() throws IOException {
    assertThat(assertLogits("training").notes())
        .anyMatch(note -> note.contains("training mode") && note.contains("evaluation"));
  }

  @Test
  void theOutputThatIsExplainedIsChosen() throws IOException {
    assertLogits(model("out_features_first", "y"), "out_features_first");
    Model first = model("out_features_first", "");
    assertThat(first.network().classes()).isEqualTo(4);
    assertThat(first.notes()).anyMatch(note -> note.contains("2 outputs [f, y], 'f'"));
    assertThatThrownBy(() -> model("out_features_first", "z"))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("no output 'z'", "model.file.output", "[f, y]");
  }

  @Test
  void anOutputOfLabelsIsNotExplained() throws IOException {
    assertThat(assertLogits("label_output_first").notes())
        .anyMatch(note -> note.contains("2 outputs [lab, y], 'y'"));
  }

  private Model assertLogits(String name) throws IOException {
    Model model = model(name, "");
    assertLogits(model, name);
    return model;
  }

  private Model model(String name, String output) throws IOException {
    Path file = copied(name + ".onnx");
    return new FileModel(file, "auto", List.of(), Optional.empty(), List.of(), output).read(folder);
  }

  private static void assertLogits(Model model, String name) throws IOException {
    INDArray expected = array(name + ".e.npy");
    INDArray images =
        OnnxCasesTest.class.getResource("cases/" + name + ".x.npy") == null
            ? array("images.npy")
            : array(name + ".x.npy");
    INDArray logits = model.network().logits(images);
    assertThat(logits.length()).isEqualTo(expected.length());
    INDArray difference = logits.castTo(expected.dataType()).sub(expected.reshape(logits.shape()));
    double scale = Math.max(1, expected.amaxNumber().doubleValue());
    assertThat(difference.amaxNumber().doubleValue()).isCloseTo(0, within(1e-4 * scale));
    assertThat(expected.amaxNumber().doubleValue()).isGreaterThan(0.01);
  }

  private Path copied(String name) throws IOException {
    return Files.write(folder.resolve(name), bytes(name));
  }

  private static INDArray array(String name) throws IOException {
    return Nd4j.createNpyFromByteArray(bytes(name)).dup('c');
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream in = OnnxCasesTest.class.getResourceAsStream("cases/" + name)) {
      return in.readAllBytes();
    }
  }
}

package org.explain4j.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.explain4j.models.onnx.OnnxFile.random;
import static org.explain4j.models.onnx.OpsetForm.antialiased;
import static org.explain4j.models.onnx.OpsetForm.form;
import static org.explain4j.models.onnx.OpsetForm.since;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Operators in the forms that opsets 18 to 22 gave them, one model each, refereed. */
class OpsetsTest {
  /** A form in an opset. */
  private record Case(OpsetForm form, int opset) {
    @Override
    public String toString() {
      return form.name() + ", opset " + opset;
    }
  }

  static Stream<Case> read() {
    return Stream.of(
            ShapeForms.shapes(),
            ShapeForms.reductions(),
            ShapeForms.resizes(),
            FunctionForms.normalisations(),
            FunctionForms.activations(),
            FunctionForms.quantisations())
        .flatMap(OpsetsTest::cases);
  }

  private static Stream<Case> cases(List<OpsetForm> forms) {
    return forms.stream()
        .flatMap(
            form ->
                Stream.iterate(form.first(), o -> o <= form.last(), o -> o + 1)
                    .map(opset -> new Case(form, opset)));
  }

  @ParameterizedTest
  @MethodSource("read")
  void everyFormGivesWhatOnnxRuntimeGives(Case one) throws IOException {
    byte[] bytes = one.form().file(one.opset()).bytes("y");
    INDArray images = random(7, 3, 4, 6, 5);
    INDArray expected = Referee.run(bytes, images);
    INDArray found = new OnnxReader().read(bytes, "form.onnx").network().logits(images);
    assertThat(found.shape()).isEqualTo(expected.shape());
    assertThat(Shared.distance(found, expected)).isLessThan(one.form().tolerance());
  }

  static Stream<Case> refused() {
    return cases(
        List.of(
            antialiased("Resize with antialias to a smaller image", 3, 2),
            form(
                "Reshape to nothing",
                f -> f.integers("s", 0, 0, 3).node("y", "Reshape", "x s", "allowzero", 1)),
            form(
                "Pad that wraps",
                f ->
                    f.integers("p", 0, 0, 1, 0, 0, 0, 1, 0)
                        .node("y", "Pad", "x p", "mode", "wrap")),
            form(
                "CenterCropPad",
                f ->
                    f.integers("s", 2, 2)
                        .node("y", "CenterCropPad", "x s", "axes", new int[] {2, 3})),
            form("LpNormalization", f -> f.node("y", "LpNormalization", "x")),
            form("Cast to integers", f -> f.node("y", "Cast", "x", "to", 7)),
            since(20, "IsNaN", f -> f.node("y", "IsNaN", "x")),
            since(
                21,
                "quantised to 4 bits",
                f ->
                    f.weights("s", random(1))
                        .node("y", "QuantizeLinear", "x s", "output_dtype", 22)),
            since(
                22,
                "GridSample",
                f -> f.weights("g", random(1, 3, 2, 2, 2)).node("y", "GridSample", "x g"))));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatIsNotReadIsRefusedByFileAndNode(Case one) {
    byte[] bytes = one.form().file(one.opset()).bytes("y");
    assertThatThrownBy(() -> new OnnxReader().read(bytes, "form.onnx"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("form.onnx: ")
        .hasMessageContaining("node 'y'");
  }
}

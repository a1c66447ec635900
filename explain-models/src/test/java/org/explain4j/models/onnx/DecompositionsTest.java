package org.explain4j.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.explain4j.models.onnx.OnnxFile.random;

import java.io.IOException;
import org.explain4j.network.Activation;
import org.explain4j.network.ActivationFunction;
import org.explain4j.network.Network;
import org.explain4j.network.Normalisation;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Functions that exporters write as several operators, refereed by ONNX Runtime. */
class DecompositionsTest {

  @Test
  void geluOfPyTorch() throws IOException {
    OnnxFile file =
        file().node("a", "Div", "x root").node("b", "Erf", "a").node("c", "Add", "b one");
    file.node("d", "Mul", "x c").node("y", "Mul", "d half");
    assertSingle(file, ActivationFunction.GELU);
  }

  @Test
  void geluOfTensorFlow() throws IOException {
    OnnxFile file = file().node("a", "Mul", "half x").node("b", "Div", "x root");
    file.node("c", "Erf", "b").node("d", "Add", "one c").node("y", "Mul", "a d");
    assertSingle(file, ActivationFunction.GELU);
  }

  @Test
  void geluWithTheHyperbolicTangent() throws IOException {
    OnnxFile file = file().node("cube", "Pow", "x three").node("a", "Mul", "cube cubic");
    file.node("b", "Add", "x a").node("c", "Mul", "b slope").node("d", "Tanh", "c");
    file.node("e", "Add", "d one").node("f", "Mul", "x e").node("y", "Mul", "half f");
    assertSingle(file, ActivationFunction.GELU_TANH);
  }

  @Test
  void silu() throws IOException {
    assertSingle(file().node("a", "Sigmoid", "x").node("y", "Mul", "x a"), ActivationFunction.SILU);
    OnnxFile scaled = file().node("s", "Mul", "x three").node("a", "Sigmoid", "s");
    assertSingle(scaled.node("y", "Mul", "a x"), ActivationFunction.SILU);
  }

  @Test
  void hardSwish() throws IOException {
    assertSingle(
        file().node("a", "HardSigmoid", "x", "alpha", 0.3).node("y", "Mul", "x a"),
        ActivationFunction.HARD_SWISH);
    OnnxFile clipped = file().node("a", "Add", "x three").node("b", "Clip", "a zero six");
    assertSingle(
        clipped.node("c", "Mul", "x b").node("y", "Div", "c six"), ActivationFunction.HARD_SWISH);
    OnnxFile divided = file().node("a", "Add", "x three").node("b", "Clip", "a zero six");
    assertSingle(
        divided.node("c", "Div", "b six").node("y", "Mul", "c x"), ActivationFunction.HARD_SWISH);
  }

  @Test
  void mishAndItsSoftplus() throws IOException {
    OnnxFile file = file().node("a", "Softplus", "x").node("b", "Tanh", "a");
    assertSingle(file.node("y", "Mul", "x b"), ActivationFunction.MISH);
    OnnxFile whole = file().node("e", "Exp", "x").node("s", "Add", "e one").node("a", "Log", "s");
    assertSingle(whole.node("b", "Tanh", "a").node("y", "Mul", "x b"), ActivationFunction.MISH);
  }

  @Test
  void sigmoidSoftsignAndLeakyReluAreRecognised() throws IOException {
    OnnxFile sigmoid = file().node("n", "Neg", "x").node("e", "Exp", "n");
    sigmoid.node("s", "Add", "one e").node("y", "Reciprocal", "s");
    assertSingle(sigmoid, ActivationFunction.SIGMOID);
    OnnxFile softsign = file().node("a", "Abs", "x").node("b", "Add", "a one");
    assertSingle(softsign.node("y", "Div", "x b"), ActivationFunction.SOFTSIGN);
    OnnxFile leaky = file().node("a", "Mul", "x half").node("y", "Max", "a x");
    assertSingle(leaky, ActivationFunction.LEAKY_RELU);
  }

  @Test
  void layerNormalisationOfPyTorch() throws IOException {
    OnnxFile file = file().node("m", "ReduceMean", "x", "axes", new int[] {-1});
    file.node("c", "Sub", "x m").node("q", "Pow", "c two");
    file.node("v", "ReduceMean", "q", "axes", new int[] {-1}).node("e", "Add", "v eps");
    file.node("r", "Sqrt", "e").node("d", "Div", "c r").node("s", "Mul", "d scale");
    file.node("y", "Add", "s shift");
    Network network = assertAgrees(file);
    assertThat(network.nodes())
        .filteredOn(node -> node.layer() instanceof Normalisation)
        .hasSize(1);
  }

  @Test
  void layerNormalisationOfTensorFlow() throws IOException {
    OnnxFile file = file().node("m", "ReduceMean", "x", "axes", new int[] {3});
    file.node("c1", "Sub", "x m").node("q", "Mul", "c1 c1");
    file.node("v", "ReduceMean", "q", "axes", new int[] {3}).node("e", "Add", "eps v");
    file.node("r", "Sqrt", "e").node("i", "Reciprocal", "r").node("c", "Sub", "x m");
    file.node("y", "Mul", "i c");
    Network network = assertAgrees(file);
    assertThat(network.nodes())
        .filteredOn(node -> node.layer() instanceof Normalisation)
        .hasSize(1);
  }

  @Test
  void whatDiffersInANumberIsNotRecognised() throws IOException {
    OnnxFile file = file().node("a", "Add", "x two").node("b", "Clip", "a zero six");
    file.node("c", "Mul", "x b").node("y", "Div", "c six");
    assertThat(assertAgrees(file).nodes()).hasSizeGreaterThan(2);
  }

  /** Constants that the patterns need, and an input that changes sign. */
  private static OnnxFile file() {
    OnnxFile file = new OnnxFile(13).input("image", 0, 3, 4, 5);
    Object[][] numbers = {
      {"root", Math.sqrt(2)},
      {"one", 1.0},
      {"half", 0.5},
      {"two", 2.0},
      {"three", 3.0},
      {"six", 6.0},
      {"zero", 0.0},
      {"cubic", 0.044715},
      {"slope", Math.sqrt(2 / Math.PI)},
      {"eps", 1e-3}
    };
    for (Object[] number : numbers) {
      file.weights((String) number[0], Nd4j.scalar(((Double) number[1]).floatValue()));
    }
    file.weights("scale", random(1, 5)).weights("shift", random(2, 5));
    return file.weights("by", Nd4j.scalar(4f)).node("x", "Mul", "image by");
  }

  private static void assertSingle(OnnxFile file, ActivationFunction function) throws IOException {
    Network network = assertAgrees(file);
    assertThat(network.nodes()).hasSize(2);
    assertThat(network.output().layer())
        .isInstanceOfSatisfying(
            Activation.class, layer -> assertThat(layer.function()).isEqualTo(function));
  }

  private static Network assertAgrees(OnnxFile file) throws IOException {
    INDArray batch = random(3, 2, 3, 4, 5);
    Network network = file.network("y");
    INDArray expected = Referee.run(file.bytes("y"), batch);
    assertThat(Shared.distance(network.logits(batch), expected)).isLessThan(1e-5);
    return network;
  }
}

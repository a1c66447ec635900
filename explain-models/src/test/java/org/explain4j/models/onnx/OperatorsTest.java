package org.explain4j.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.explain4j.models.onnx.OnnxFile.random;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import org.explain4j.api.Model;
import org.explain4j.network.Activation;
import org.explain4j.network.Add;
import org.explain4j.network.Affine;
import org.explain4j.network.AveragePool;
import org.explain4j.network.ChannelSlice;
import org.explain4j.network.Concat;
import org.explain4j.network.Convolution;
import org.explain4j.network.Dense;
import org.explain4j.network.Flatten;
import org.explain4j.network.Layer;
import org.explain4j.network.LayerKind;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.Window;
import org.explain4j.network.ZeroPad;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** What exporters write in other ways than our own writer, against the same net built by hand. */
class OperatorsTest {
  private static final INDArray CONV = random(1, 4, 2, 3, 3);
  private static final INDArray BIAS = random(2, 4);

  @Test
  void matrixProductAndAddAreADenseLayer() throws IOException {
    INDArray w = random(1, 5, 3);
    INDArray b = random(2, 3);
    Model model =
        new OnnxFile(13)
            .input("x", 0, 5)
            .weights("w", w)
            .weights("b", b)
            .node("fc", "MatMul", "x w")
            .node("biased", "Add", "fc b")
            .node("probabilities", "Softmax", "biased", "axis", -1)
            .model("probabilities");
    assertThat(model.network().nodes()).extracting(Node::name).containsExactly("fc");
    assertThat(model.notes())
        .containsExactly(
            "The soft-max 'probabilities' at the end was removed.",
            "'biased' was folded into 'fc'.");
    INDArray x = random(3, 2, 5);
    assertSame(model.network().logits(x), x.mmul(w).addRowVector(b));
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 1.0, 1.0", "1, 0, 0.5, 2.0", "1, 1, 2.0, -1.0"})
  void gemmHonoursItsAttributes(int transposed, int scalarBias, double alpha, double beta)
      throws IOException {
    INDArray w = random(1, 5, 3);
    INDArray b = scalarBias == 1 ? random(2, 1) : random(2, 1, 3);
    Network network =
        new OnnxFile(11)
            .input("x", 1, 5)
            .weights("w", transposed == 1 ? w.transpose().dup('c') : w)
            .weights("b", b)
            .node("fc", "Gemm", "x w b", "transB", transposed, "alpha", alpha, "beta", beta)
            .network("fc");
    INDArray x = random(3, 2, 5);
    assertSame(network.logits(x), x.mmul(w).mul(alpha).add(b.reshape(1, -1).mul(beta)));
  }

  @Test
  void channelsLastImagesKeepTheirFlattenOrder() throws IOException {
    INDArray w = random(4, 4 * 6 * 5, 3);
    Network network =
        new OnnxFile(12)
            .input("image", 0, 6, 5, 2)
            .weights("k", CONV)
            .weights("b", BIAS)
            .weights("w", w)
            .integers("shape", -1, 4 * 6 * 5)
            .node("first", "Transpose", "image", "perm", new int[] {0, 3, 1, 2})
            .node("conv", "Conv", "first k b", "auto_pad", "SAME_UPPER")
            .node("last", "Transpose", "conv", "perm", new int[] {0, 2, 3, 1})
            .node("relu", "Relu", "last")
            .node("flat", "Reshape", "relu shape")
            .node("fc", "MatMul", "flat w")
            .network("fc");
    assertThat(network.inputShape()).containsExactly(2L, 6L, 5L);
    Network expected =
        chain(
            new Convolution(CONV, BIAS, Window.square(3).pad(1)),
            Activation.RELU,
            new Flatten(true),
            new Dense(w.transpose().dup('c'), Nd4j.zeros(3)));
    assertAgree(network, expected);
  }

  @Test
  void shapesComputedInTheGraphAreFollowed() throws IOException {
    Network network =
        new OnnxFile(9)
            .input("x", 0, 2, 6, 5)
            .scalar("zero", 0)
            .integers("rest", -1)
            .node("shape", "Shape", "x")
            .node("n", "Gather", "shape zero", "axis", 0)
            .node("batch", "Unsqueeze", "n", "axes", new int[] {0})
            .node("target", "Concat", "batch rest", "axis", 0)
            .node("flat", "Reshape", "x target")
            .weights("w", random(4, 60, 3))
            .node("fc", "Gemm", "flat w")
            .network("fc");
    assertAgree(
        network,
        chain(new Flatten(), new Dense(random(4, 60, 3).transpose().dup('c'), Nd4j.zeros(3))));
  }

  @ParameterizedTest
  @CsvSource({"SAME_UPPER, 0, 0, 1, 1", "SAME_LOWER, 1, 1, 0, 0", "VALID, 0, 0, 0, 0"})
  void automaticPaddingPutsTheOddPixelWhereItSays(String mode, int t, int l, int b, int r)
      throws IOException {
    INDArray even = random(1, 4, 2, 2, 2);
    Network network =
        new OnnxFile(7)
            .input("x", 1, 2, 6, 5)
            .weights("k", even)
            .weights("b", BIAS)
            .node("conv", "Conv", "x k b", "auto_pad", mode)
            .network("conv");
    assertAgree(network, chain(new Convolution(even, BIAS, Window.square(2).pad(t, l, b, r))));
  }

  @Test
  void oldOpsetsKeepPadsClipsAndAxesInAttributes() throws IOException {
    Network network =
        new OnnxFile(9)
            .input("x", 1, 2, 6, 5)
            .node("pad", "Pad", "x", "pads", new int[] {0, 0, 1, 0, 0, 0, 2, 1})
            .node("relu", "Clip", "pad", "min", 0.0, "max", 3.4028234663852886e38)
            .node("drop", "Dropout", "relu", "ratio", 0.5)
            .node("mean", "ReduceMean", "drop", "axes", new int[] {2, 3}, "keepdims", 0)
            .weights("w", random(3, 3, 2))
            .node("fc", "Gemm", "mean w", "transB", 1)
            .network("fc");
    Network expected =
        chain(
            new ZeroPad(1, 0, 2, 1),
            Activation.RELU,
            new AveragePool(Window.of(9, 6)),
            new Flatten(),
            new Dense(random(3, 3, 2), Nd4j.zeros(3)));
    assertAgree(network, expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void batchNormalisationBeforeAConvolutionIsFoldedUnlessThePaddingForbids(int pad)
      throws IOException {
    INDArray scale = random(5, 2).addi(2);
    INDArray shift = random(6, 2);
    INDArray mean = random(7, 2);
    INDArray variance = random(8, 2).addi(1.5);
    Network network =
        new OnnxFile(15)
            .input("x", 1, 2, 6, 5)
            .weights("s", scale)
            .weights("t", shift)
            .weights("m", mean)
            .weights("v", variance)
            .weights("k", CONV)
            .node("relu", "Relu", "x")
            .node("norm", "BatchNormalization", "relu s t m v", "epsilon", 0.5)
            .node("conv", "Conv", "norm k", "pads", new int[] {pad, pad, pad, pad})
            .network("conv");
    INDArray factor = scale.div(Transforms.sqrt(variance.add(0.5)));
    Network expected =
        chain(
            Activation.RELU,
            new Affine(factor, shift.sub(factor.mul(mean))),
            new Convolution(CONV, Nd4j.zeros(4), Window.square(3).pad(pad)));
    assertAgree(network, expected);
    assertThat(network.nodes().stream().anyMatch(n -> n.layer().kind() == LayerKind.AFFINE))
        .isEqualTo(pad == 1);
  }

  @Test
  void constantsPerChannelAreAffine() throws IOException {
    Network network =
        new OnnxFile(13)
            .input("x", 1, 2, 6, 5)
            .weights("mean", random(1, 2, 1, 1))
            .weights("two", Nd4j.createFromArray(2f).reshape(1))
            .node("centred", "Sub", "x mean")
            .node("scaled", "Div", "centred two")
            .node("reversed", "Sub", "two scaled")
            .node("doubled", "Mul", "two reversed")
            .network("doubled");
    assertThat(network.nodes()).hasSize(1);
    INDArray x = random(3, 2, 2, 6, 5);
    INDArray centred = x.sub(random(1, 2, 1, 1).reshape(1, 2, 1, 1));
    assertSame(network.logits(x), centred.div(2).rsub(2).mul(2).reshape(2, 60));
  }

  @Test
  void channelsAreSlicedSplitSubtractedAndJoined() throws IOException {
    Network network =
        new OnnxFile(13)
            .input("x", 1, 2, 6, 5)
            .integers("from", 0)
            .integers("to", 1)
            .integers("axis", 1)
            .integers("sizes", 1, 1)
            .node("a", "Slice", "x from to axis")
            .node("b", "Split", "x sizes", "axis", 1)
            .alsoGives("c")
            .node("difference", "Sub", "a c")
            .node("joined", "Concat", "difference b x", "axis", 1)
            .network("joined");
    Network expected =
        new Network(
            List.of(2L, 6L, 5L),
            List.of(
                new Node("a", new ChannelSlice(0, 1), List.of(Network.INPUT)),
                new Node("c", new ChannelSlice(1, 2), List.of(Network.INPUT)),
                new Node("minus", new Affine(Nd4j.ones(1).neg(), Nd4j.zeros(1)), List.of("c")),
                new Node("difference", new Add(), List.of("a", "minus")),
                new Node("all", new Concat(), List.of("difference", "a", Network.INPUT))));
    assertAgree(network, expected);
  }

  private static Network chain(Layer... layers) {
    var named = new LinkedHashMap<String, Layer>();
    for (Layer layer : layers) {
      named.put("layer" + named.size(), layer);
    }
    return Network.chain(List.of(2L, 6L, 5L), named);
  }

  private static void assertAgree(Network network, Network expected) {
    INDArray x = random(9, 3, 2, 6, 5);
    assertSame(network.logits(x), expected.logits(x));
  }

  private static void assertSame(INDArray actual, INDArray expected) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    assertThat(actual.sub(expected).amaxNumber().doubleValue()).isLessThan(1e-5);
    assertThat(expected.amaxNumber().doubleValue()).isGreaterThan(0.01);
  }
}

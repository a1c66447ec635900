package org.explain4j.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.explain4j.api.Model;
import org.explain4j.api.Preprocessing;
import org.explain4j.network.Activation;
import org.explain4j.network.Add;
import org.explain4j.network.Affine;
import org.explain4j.network.AveragePool;
import org.explain4j.network.ChannelSlice;
import org.explain4j.network.Concat;
import org.explain4j.network.Convolution;
import org.explain4j.network.Dense;
import org.explain4j.network.Flatten;
import org.explain4j.network.MaxPool;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.Window;
import org.explain4j.network.ZeroPad;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class OnnxWriterTest {
  private final SplittableRandom random = new SplittableRandom(1);

  @TempDir Path folder;

  @Test
  void everyKindOfLayerComesBack() throws IOException {
    Network network = everything();
    Preprocessing preprocessing =
        new Preprocessing(255, List.of(104.0, 117.5), List.of(2.0, 3.0), false);
    Path file = folder.resolve("all.onnx");
    OnnxWriter.write(file, network, preprocessing, List.of("a", "b", "c"));
    Model model = new OnnxReader().read(file);
    assertThat(model.preprocessing()).isEqualTo(preprocessing);
    assertThat(model.classNames()).containsExactly("a", "b", "c");
    assertThat(model.network().nodes().stream().map(Node::name))
        .isEqualTo(network.nodes().stream().map(Node::name).toList());
    INDArray input = random(3, 2, 8, 9);
    INDArray difference = model.network().logits(input).sub(network.logits(input));
    assertThat(difference.amaxNumber().doubleValue()).isLessThan(1e-6);
  }

  private Network everything() {
    Window strided = Window.of(3, 2).stride(2, 1).pad(0, 1, 2, 0);
    return new Network(
        List.of(2L, 8L, 9L),
        List.of(
            new Node("conv", convolution(4, 2, strided), List.of(Network.INPUT)),
            new Node("relu", Activation.RELU, List.of("conv")),
            new Node("scale", new Affine(random(4), random(4)), List.of("relu")),
            new Node("left", new ChannelSlice(0, 2), List.of("scale")),
            new Node("right", new ChannelSlice(2, 4), List.of("scale")),
            new Node("sum", new Add(), List.of("left", "right", "left")),
            new Node("all", new Concat(), List.of("sum", "right")),
            new Node("pad", new ZeroPad(1, 0, 2, 1), List.of("all")),
            new Node("max", new MaxPool(Window.square(3).stride(2), true), List.of("pad")),
            new Node(
                "groups",
                new Convolution(random(4, 2, 1, 1), random(4), Window.square(1), 2),
                List.of("max")),
            new Node(
                "mean",
                new AveragePool(Window.square(2).pad(1, 0, 0, 1), false, false),
                List.of("groups")),
            new Node("flatten", new Flatten(true), List.of("mean")),
            new Node("dense", new Dense(random(3, 60), random(3)), List.of("flatten"))));
  }

  private Convolution convolution(long neurons, long channels, Window window) {
    return new Convolution(
        random(neurons, channels, window.height(), window.width()), random(neurons), window);
  }

  private INDArray random(long... shape) {
    int length = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return Nd4j.createFromArray(values).reshape('c', shape);
  }
}

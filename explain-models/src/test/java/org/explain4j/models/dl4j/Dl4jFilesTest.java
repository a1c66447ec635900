package org.explain4j.models.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.explain4j.network.Network;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** DL4J files that ended the process or were refused with the wrong reason; networks in memory. */
class Dl4jFilesTest {
  @TempDir Path folder;

  @Test
  void aDamagedHeaderOfTheWeightsIsRefused() {
    Path file = Shared.path("cases/damaged/z0173.zip");
    assertThatThrownBy(() -> new Dl4jReader().read(file, List.of(3L, 8L, 8L)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("z0173.zip")
        .hasMessageContaining("coefficients.bin");
  }

  @Test
  void weightsInFloat64AreRead() throws IOException {
    MultiLayerNetwork source = mlp(DataType.DOUBLE);
    INDArray input = Nd4j.rand(DataType.DOUBLE, 2, 4);
    INDArray logits = read(source).probabilities(input.castTo(DataType.FLOAT));
    assertThat(logits.sub(source.output(input).castTo(DataType.FLOAT)).amaxNumber().doubleValue())
        .isCloseTo(0, within(1e-6));
  }

  @Test
  void recurrentLayersAreRefusedByNameWhereTheShapeIsOpen() {
    MultiLayerConfiguration recurrent =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(new LSTM.Builder().nIn(3).nOut(4).name("memory").build())
            .layer(new RnnOutputLayer.Builder().nOut(2).activation(Activation.SOFTMAX).build())
            .setInputType(InputType.recurrent(3))
            .build();
    assertRefused(recurrent, "layer 'memory' (LSTM)");
  }

  @Test
  void volumesAreRefusedByName() {
    MultiLayerConfiguration volumes =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(new Convolution3D.Builder(2, 2, 2).nOut(2).name("cube").build())
            .layer(new OutputLayer.Builder().nOut(2).activation(Activation.SOFTMAX).build())
            .setInputType(InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, 4, 4, 4, 1))
            .build();
    assertRefused(volumes, "layer 'cube' (Convolution3D)");
  }

  private void assertRefused(MultiLayerConfiguration configuration, String layer) {
    MultiLayerNetwork source = new MultiLayerNetwork(configuration);
    source.init();
    assertThatThrownBy(() -> read(source))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("network.zip", layer, "Supported layers:")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("open"));
  }

  @Test
  void networksInMemoryBecomeNetworksInOneCall() {
    MultiLayerNetwork chain = mlp(DataType.FLOAT);
    ComputationGraph graph = chain.toComputationGraph();
    INDArray input = Nd4j.rand(DataType.FLOAT, 2, 4);
    Network ofChain = Dl4jNetworks.network(chain);
    INDArray expected = chain.output(input);
    assertThat(ofChain.probabilities(input).sub(expected).amaxNumber().doubleValue())
        .isCloseTo(0, within(1e-6));
    assertThat(Dl4jNetworks.network(graph).logits(input)).isEqualTo(ofChain.logits(input));
    chain.setParams(chain.params().mul(0));
    assertThat(ofChain.probabilities(input).sub(expected).amaxNumber().doubleValue())
        .as("a copy, not a view")
        .isCloseTo(0, within(1e-6));
  }

  private static MultiLayerNetwork mlp(DataType type) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(type)
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(5).activation(Activation.RELU).build())
                .layer(
                    new OutputLayer.Builder().nIn(5).nOut(3).activation(Activation.SOFTMAX).build())
                .build());
    network.init();
    return network;
  }

  private Network read(MultiLayerNetwork source) throws IOException {
    Path file = folder.resolve("network.zip");
    ModelSerializer.writeModel(source, file.toFile(), false);
    return new Dl4jReader().read(file).network();
  }
}

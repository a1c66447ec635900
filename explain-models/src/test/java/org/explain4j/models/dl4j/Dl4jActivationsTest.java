package org.explain4j.models.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.explain4j.network.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class Dl4jActivationsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      value = Activation.class,
      names = {
        "ELU",
        "GELU",
        "HARDSIGMOID",
        "HARDTANH",
        "LEAKYRELU",
        "MISH",
        "RELU",
        "RELU6",
        "SELU",
        "SIGMOID",
        "SOFTPLUS",
        "SOFTSIGN",
        "SWISH",
        "TANH",
        "THRESHOLDEDRELU"
      })
  void activationsGiveWhatDl4jGives(Activation activation) {
    MultiLayerNetwork source = ofDense(new DenseLayer.Builder().activation(activation));
    source.params().muli(3);
    INDArray inputs = random(8, 5);
    assertEqual(Dl4jNetworks.network(source), inputs, source.output(inputs));
  }

  @Test
  void productsSumsAndNormsGiveWhatDl4jGives() throws IOException {
    ComputationGraphConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(4)
            .graphBuilder()
            .addInputs("in")
            .setInputTypes(InputType.convolutional(6, 6, 2))
            .addLayer("a", convolution(Activation.SWISH), "in")
            .addLayer("b", convolution(Activation.SIGMOID), "in")
            .addVertex("product", new ElementWiseVertex(ElementWiseVertex.Op.Product), "a", "b")
            .addLayer("norm", norms(), "product")
            .addLayer("act", new ActivationLayer(Activation.TANH), "norm")
            .addLayer("sum", new GlobalPoolingLayer(PoolingType.SUM), "act")
            .addLayer("out", output(3), "sum")
            .setOutputs("out")
            .build();
    ComputationGraph source = new ComputationGraph(configuration);
    source.init();
    INDArray inputs = random(3, 2, 6, 6);
    Path file = folder.resolve("graph.zip");
    ModelSerializer.writeModel(source, file.toFile(), false);
    Network network = new Dl4jReader().read(file, List.of(2L, 6L, 6L)).network();
    assertEqual(network, inputs, source.outputSingle(inputs));
  }

  @Test
  void preciseGeluIsRefused() {
    MultiLayerNetwork source =
        ofDense(new DenseLayer.Builder().activation(new ActivationGELU(true)));
    assertThatThrownBy(() -> Dl4jNetworks.network(source))
        .hasMessageContaining("layer 'layer0'")
        .hasMessageContaining("precise gelu");
  }

  /** Slopes for each entry, for each channel, and for all; DL4J starts them at 0. */
  @ParameterizedTest
  @ValueSource(strings = {"", "2 3", "1 2 3", "1", "3"})
  void slopesGiveWhatDl4jGives(String shared) throws IOException {
    PReLULayer.Builder slopes = new PReLULayer.Builder().inputShape(3, 5, 4);
    if (!shared.isEmpty()) {
      slopes.sharedAxes(Arrays.stream(shared.split(" ")).mapToLong(Long::parseLong).toArray());
    }
    agrees(slopes.build(), new ActivationLayer(Activation.IDENTITY));
  }

  @ParameterizedTest
  @EnumSource(
      value = ConvolutionMode.class,
      names = {"Same", "Truncate"})
  void transposedConvolutionsGiveWhatDl4jGives(ConvolutionMode mode) throws IOException {
    agrees(transposed(mode, 3, 2), transposed(mode, 2, 1));
    agrees(transposed(mode, 2, 3), transposed(mode, 4, 2));
  }

  private static Deconvolution2D transposed(ConvolutionMode mode, int size, int stride) {
    return new Deconvolution2D.Builder(size, size + 1)
        .stride(stride, stride)
        .padding(mode == ConvolutionMode.Same ? 0 : 1, 0)
        .convolutionMode(mode)
        .nOut(size + 2)
        .hasBias(size > 2)
        .activation(Activation.TANH)
        .build();
  }

  @Test
  void resizedAndCroppedImagesAreThoseOfDl4j() throws IOException {
    agrees(
        new Upsampling2D.Builder().size(new int[] {2, 3}).build(),
        new Cropping2D.Builder(new int[] {1, 2, 0, 3}).build());
  }

  private void agrees(Layer first, Layer second) throws IOException {
    MultiLayerNetwork source =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .list()
                .layer(convolution(Activation.IDENTITY))
                .layer(first)
                .layer(second)
                .layer(
                    new OutputLayer.Builder(LossFunction.MSE)
                        .nOut(3)
                        .activation(Activation.IDENTITY)
                        .build())
                .setInputType(InputType.convolutional(5, 4, 2))
                .build());
    source.init();
    source.params().assign(random(source.params().shape()).muli(0.4));
    agreesFromFile(source, random(3, 2, 5, 4), List.of(2L, 5L, 4L));
  }

  @Test
  void layerNormalisationGivesWhatDl4jGives() throws IOException {
    MultiLayerNetwork source =
        ofDense(new DenseLayer.Builder().hasLayerNorm(true).activation(Activation.TANH));
    source.params().assign(random(source.params().shape()).muli(0.4));
    agreesFromFile(source, random(3, 5), List.of(5L));
  }

  private void agreesFromFile(MultiLayerNetwork source, INDArray inputs, List<Long> shape)
      throws IOException {
    Path file = folder.resolve("network.zip");
    ModelSerializer.writeModel(source, file.toFile(), false);
    assertEqual(new Dl4jReader().read(file, shape).network(), inputs, source.output(inputs));
  }

  /** A network of one layer and an output. */
  private static MultiLayerNetwork ofDense(DenseLayer.Builder layer) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .list()
                .layer(layer.nIn(5).nOut(40).build())
                .layer(output(40))
                .build());
    network.init();
    return network;
  }

  private static ConvolutionLayer convolution(Activation activation) {
    return new ConvolutionLayer.Builder(1, 1).nOut(3).activation(activation).build();
  }

  private static SubsamplingLayer norms() {
    return new SubsamplingLayer.Builder(PoolingType.PNORM)
        .kernelSize(2, 2)
        .stride(2, 2)
        .pnorm(2)
        .build();
  }

  private static OutputLayer output(int inputs) {
    return new OutputLayer.Builder(LossFunction.MSE)
        .nIn(inputs)
        .nOut(3)
        .activation(Activation.IDENTITY)
        .build();
  }

  private static void assertEqual(Network network, INDArray inputs, INDArray expected) {
    double difference = network.logits(inputs).sub(expected).amaxNumber().doubleValue();
    assertThat(difference).isCloseTo(0, within(2e-5));
    assertThat(expected.amaxNumber().doubleValue()).isGreaterThan(0.01);
  }

  private static INDArray random(long... shape) {
    SplittableRandom random = new SplittableRandom(7);
    double[] values = random.doubles(Nd4j.create(shape).length(), -2, 2).toArray();
    return Nd4j.createFromArray(values).castTo(DataType.FLOAT).reshape('c', shape);
  }
}

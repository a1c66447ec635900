package org.explain4j.models.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.util.ModelSerializer;
import org.explain4j.api.Model;
import org.explain4j.network.LayerKind;
import org.explain4j.network.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** Networks that DL4J itself wrote after a few steps of training give what DL4J says they give. */
class Dl4jReaderTest {
  private static final int CLASSES = 3;
  private final SplittableRandom random = new SplittableRandom(5);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      value = ConvolutionMode.class,
      names = {"Same", "Strict", "Truncate"})
  void multiLayerNetworksGiveWhatDl4jGives(ConvolutionMode mode) throws IOException {
    // Strict takes only sizes that the windows fill: 13 -> 7 -> 3 with stride 2.
    int size = mode == ConvolutionMode.Strict ? 13 : 14;
    MultiLayerConfiguration configuration =
        builder()
            .convolutionMode(mode)
            .list()
            .layer(conv(6, 3).stride(2, 2).padding(1, 1).name("first").build())
            .layer(new BatchNormalization.Builder().name("norm").build())
            .layer(new ActivationLayer(Activation.RELU))
            .layer(
                new SubsamplingLayer.Builder(PoolingType.MAX).kernelSize(3, 3).stride(2, 2).build())
            .layer(conv(5, 2).activation(Activation.RELU).build())
            .layer(
                new SubsamplingLayer.Builder(PoolingType.AVG).kernelSize(2, 2).stride(1, 1).build())
            .layer(new DenseLayer.Builder().nOut(8).activation(Activation.RELU).build())
            .layer(new DropoutLayer(0.5))
            .layer(new BatchNormalization.Builder().lockGammaBeta(true).useLogStd(false).build())
            .layer(output())
            .setInputType(InputType.convolutional(size, size, 2))
            .build();
    assertReproduced(
        configuration, random(4, 2, size, size), List.of(2L, (long) size, (long) size));
  }

  @Test
  void paddingDilationAndSeparableConvolutionsGiveWhatDl4jGives() throws IOException {
    MultiLayerConfiguration configuration =
        builder()
            .list()
            .layer(new ZeroPaddingLayer.Builder(1, 2, 0, 3).build())
            .layer(conv(4, 3).dilation(2, 2).hasBias(false).activation(Activation.RELU).build())
            .layer(
                new DepthwiseConvolution2D.Builder(3, 3)
                    .depthMultiplier(2)
                    .nOut(8)
                    .activation(Activation.RELU)
                    .build())
            .layer(
                new SeparableConvolution2D.Builder(3, 3)
                    .depthMultiplier(2)
                    .nOut(6)
                    .activation(Activation.IDENTITY)
                    .build())
            .layer(new BatchNormalization.Builder().useLogStd(true).build())
            .layer(new ActivationLayer(Activation.RELU))
            .layer(new GlobalPoolingLayer(PoolingType.AVG))
            .layer(output())
            .setInputType(InputType.convolutional(12, 11, 3))
            .build();
    assertReproduced(configuration, random(4, 3, 12, 11), List.of(3L, 12L, 11L));
  }

  @Test
  void imagesGivenAsVectorsAndTheirSizeAreTakenFromTheFile() throws IOException {
    MultiLayerConfiguration configuration =
        builder()
            .list()
            .layer(conv(4, 3).activation(Activation.RELU).build())
            .layer(output())
            .setInputType(InputType.convolutionalFlat(6, 5, 2))
            .build();
    MultiLayerNetwork source = trained(configuration, random(4, 60));
    Model model = read(source, List.of());
    assertThat(model.network().inputShape()).containsExactly(2L, 6L, 5L);
    INDArray images = random(4, 2, 6, 5);
    assertEqual(model.network().probabilities(images), source.output(images.reshape('c', 4, 60)));
  }

  @Test
  void computationGraphsGiveWhatDl4jGives() throws IOException {
    GraphBuilder graph =
        builder()
            .convolutionMode(ConvolutionMode.Same)
            .graphBuilder()
            .addInputs("in")
            .setInputTypes(InputType.convolutional(8, 8, 2))
            .addLayer("stem", conv(4, 3).activation(Activation.RELU).build(), "in")
            .addLayer("left", conv(4, 3).build(), "stem")
            .addLayer("leftnorm", new BatchNormalization(), "left")
            .addVertex("sum", op(ElementWiseVertex.Op.Add), "leftnorm", "stem")
            .addLayer("relu", new ActivationLayer(Activation.RELU), "sum")
            .addLayer("right", conv(4, 1).build(), "relu")
            .addVertex("mean", op(ElementWiseVertex.Op.Average), "right", "relu", "stem")
            .addVertex("difference", op(ElementWiseVertex.Op.Subtract), "mean", "stem")
            .addVertex("scaled", new ScaleVertex(1.5), "difference")
            .addVertex("shifted", new ShiftVertex(0.25), "scaled")
            .addVertex("all", new MergeVertex(), "shifted", "relu")
            .addLayer("pool", new GlobalPoolingLayer(PoolingType.MAX), "all")
            .addVertex("some", new SubsetVertex(1, 5), "pool")
            .addLayer("out", output(), "some")
            .setOutputs("out");
    ComputationGraph source = new ComputationGraph(graph.build());
    source.init();
    INDArray inputs = random(4, 2, 8, 8);
    for (int i = 0; i < 5; i++) {
      source.fit(new INDArray[] {inputs}, new INDArray[] {labels()});
    }
    Path file = folder.resolve("graph.zip");
    ModelSerializer.writeModel(source, file.toFile(), true);
    Model model = new Dl4jReader().read(file, List.of(2L, 8L, 8L));
    assertEqual(model.network().probabilities(inputs), source.outputSingle(inputs));
    assertThat(model.network().linearNodes())
        .extracting(Node::name)
        .containsExactly("stem", "left", "right", "out");
    assertThat(model.network().nodes())
        .extracting(node -> node.layer().kind())
        .contains(LayerKind.ADD, LayerKind.CONCAT, LayerKind.AFFINE);
    assertThat(model.notes()).anyMatch(note -> note.contains("'leftnorm' was folded into 'left'"));
  }

  @Test
  void imagesAreFlattenedForNetworksOfVectors() throws IOException {
    MultiLayerConfiguration configuration =
        builder()
            .list()
            .layer(new DenseLayer.Builder().nIn(60).nOut(4).activation(Activation.RELU).build())
            .layer(output())
            .setInputType(InputType.feedForward(60))
            .build();
    MultiLayerNetwork source = trained(configuration, random(4, 60));
    INDArray images = random(4, 2, 6, 5);
    Model model = read(source, List.of(2L, 6L, 5L));
    assertEqual(model.network().probabilities(images), source.output(images.reshape('c', 4, 60)));
    assertThat(read(source, List.of()).network().inputShape()).containsExactly(60L);
  }

  @Test
  void unsupportedLayersAreNamed() throws IOException {
    MultiLayerConfiguration recurrent =
        builder()
            .list()
            .layer(new LSTM.Builder().nIn(3).nOut(4).name("memory").build())
            .layer(new RnnOutputLayer.Builder().nOut(2).activation(Activation.SOFTMAX).build())
            .setInputType(InputType.recurrent(3))
            .build();
    MultiLayerNetwork source = new MultiLayerNetwork(recurrent);
    source.init();
    assertThatThrownBy(() -> read(source, List.of(3L)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("layer 'memory' (LSTM)")
        .hasMessageContaining("Supported layers:");
    MultiLayerConfiguration smooth =
        builder()
            .list()
            .layer(new DenseLayer.Builder().nIn(3).nOut(4).activation(Activation.CUBE).build())
            .layer(output())
            .build();
    MultiLayerNetwork second = new MultiLayerNetwork(smooth);
    second.init();
    assertThatThrownBy(() -> read(second, List.of()))
        .hasMessageContaining("layer 'layer0' (DenseLayer)")
        .hasMessageContaining("cube");
  }

  @Test
  void anOpenInputShapeIsAskedFor() {
    MultiLayerConfiguration open =
        builder()
            .list()
            .layer(conv(4, 3).nIn(3).build())
            .layer(new GlobalPoolingLayer(PoolingType.AVG))
            .layer(new OutputLayer.Builder().nIn(4).nOut(2).activation(Activation.SOFTMAX).build())
            .build();
    MultiLayerNetwork source = new MultiLayerNetwork(open);
    source.init();
    assertThatThrownBy(() -> read(source, List.of()))
        .hasMessageContaining("[3, height, width]")
        .hasMessageContaining("input-shape");
  }

  private void assertReproduced(
      MultiLayerConfiguration configuration, INDArray inputs, List<Long> shape) throws IOException {
    MultiLayerNetwork source = trained(configuration, inputs);
    Model model = read(source, shape);
    assertEqual(model.network().probabilities(inputs), source.output(inputs));
  }

  private MultiLayerNetwork trained(MultiLayerConfiguration configuration, INDArray inputs) {
    MultiLayerNetwork source = new MultiLayerNetwork(configuration);
    source.init();
    for (int i = 0; i < 5; i++) {
      source.fit(inputs, labels());
    }
    return source;
  }

  private Model read(MultiLayerNetwork source, List<Long> shape) throws IOException {
    Path file = folder.resolve("network.zip");
    ModelSerializer.writeModel(source, file.toFile(), true);
    assertThat(new Dl4jReader().accepts(file)).isTrue();
    return new Dl4jReader().read(file, shape);
  }

  private static void assertEqual(INDArray probabilities, INDArray expected) {
    assertThat(probabilities.sub(expected).amaxNumber().doubleValue()).isCloseTo(0, within(1e-5));
    assertThat(expected.stdNumber().doubleValue()).isGreaterThan(1e-3);
  }

  private static NeuralNetConfiguration.Builder builder() {
    return new NeuralNetConfiguration.Builder()
        .seed(3)
        .weightInit(WeightInit.RELU)
        .activation(Activation.IDENTITY)
        .updater(new Adam(0.05));
  }

  private static ConvolutionLayer.Builder conv(int neurons, int size) {
    return new ConvolutionLayer.Builder(size, size).nOut(neurons);
  }

  private static OutputLayer output() {
    return new OutputLayer.Builder().nOut(CLASSES).activation(Activation.SOFTMAX).build();
  }

  private static ElementWiseVertex op(ElementWiseVertex.Op op) {
    return new ElementWiseVertex(op);
  }

  private static INDArray labels() {
    INDArray labels = Nd4j.zeros(4, CLASSES);
    for (int i = 0; i < 4; i++) {
      labels.putScalar(i, i % CLASSES, 1);
    }
    return labels;
  }

  private INDArray random(long... shape) {
    float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return Nd4j.createFromArray(values).reshape('c', shape);
  }
}

package org.explain4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.explain4j.network.Activations;
import org.explain4j.network.Network;
import org.explain4j.network.propagation.Composite;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.NoOp;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Forward and backward of the small VGG-style network, batch 100, compared with the same network in
 * DL4J.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx2g", "-Dorg.bytedeco.javacpp.maxbytes=6g"})
public class Dl4jBenchmark {
  private static final int BATCH = 100;

  private final Network network = RandomNetworks.small();
  private final INDArray input = RandomNetworks.gaussian(1, BATCH, 1, 28, 28);
  private final INDArray start = RandomNetworks.start(BATCH, 10);
  private MultiLayerNetwork dl4j;

  @Setup
  public void buildDl4j() {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new NoOp())
            .activation(Activation.RELU)
            .convolutionMode(ConvolutionMode.Same)
            .list()
            .layer(convolution(16))
            .layer(convolution(16))
            .layer(pool())
            .layer(convolution(32))
            .layer(convolution(32))
            .layer(pool())
            .layer(new DenseLayer.Builder().nOut(128).build())
            .layer(new DenseLayer.Builder().nOut(10).activation(Activation.IDENTITY).build())
            .setInputType(InputType.convolutional(28, 28, 1))
            .build();
    dl4j = new MultiLayerNetwork(configuration);
    dl4j.init();
  }

  @Benchmark
  public INDArray explain4jForwardBackward() {
    try (Activations activations = network.forward(input)) {
      try (INDArray gradient = Composite.gradient().backward(network, activations, start)) {
        return gradient;
      }
    }
  }

  @Benchmark
  public void explain4jForward() {
    network.logits(input).close();
  }

  @Benchmark
  public INDArray dl4jForwardBackward() {
    dl4j.setInput(input);
    dl4j.feedForward(true, false); // what output() computes, keeping what the gradient needs
    return dl4j.backpropGradient(start, null).getSecond();
  }

  @Benchmark
  public INDArray dl4jOutput() {
    return dl4j.output(input);
  }

  private static ConvolutionLayer convolution(int out) {
    return new ConvolutionLayer.Builder(3, 3).nOut(out).build();
  }

  private static SubsamplingLayer pool() {
    return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
        .kernelSize(2, 2)
        .stride(2, 2)
        .build();
  }
}

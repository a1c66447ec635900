package org.explain4j.models.dl4j;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution2D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.ComposableInputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.explain4j.models.graph.GraphAssembly;
import org.explain4j.network.Activation;
import org.explain4j.network.Affine;
import org.explain4j.network.Crop;
import org.explain4j.network.Dense;
import org.explain4j.network.Flatten;
import org.explain4j.network.Network;
import org.explain4j.network.Normalisation;
import org.explain4j.network.Resize;
import org.explain4j.network.Shapes;
import org.explain4j.network.ZeroPad;
import org.explain4j.network.arrays.Broadcast;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Translates one DL4J layer.
 *
 * @param parameters of the layer, by DL4J's keys
 */
record Dl4jLayers(GraphAssembly assembly, String name, Map<String, INDArray> parameters) {

  /** Classes, not their subclasses: layers for time series and volumes are among those. */
  private static final Set<Class<? extends Layer>> SUPPORTED =
      Set.of(
          ActivationLayer.class,
          BatchNormalization.class,
          Convolution2D.class,
          ConvolutionLayer.class,
          Cropping2D.class,
          Deconvolution2D.class,
          DenseLayer.class,
          DepthwiseConvolution2D.class,
          DropoutLayer.class,
          GlobalPoolingLayer.class,
          LossLayer.class,
          OutputLayer.class,
          PReLULayer.class,
          SeparableConvolution2D.class,
          SubsamplingLayer.class,
          Upsampling2D.class,
          ZeroPaddingLayer.class);

  /** DL4J adds nothing to the variance; a vector of equal numbers becomes zeros there, too. */
  private static final double NOTHING = 1e-12;

  /**
   * @throws IllegalArgumentException if it is of another class
   */
  static void requireSupported(Layer layer) {
    require(
        SUPPORTED.contains(unfrozen(layer).getClass()),
        "Not supported. Supported layers: dense, output, convolution (also depthwise,"
            + " separable and transposed), subsampling, global pooling, upsampling, batch normalisation,"
            + " activation, PReLU, dropout, zero padding, cropping, loss.");
  }

  private static Layer unfrozen(Layer layer) {
    if (layer instanceof FrozenLayer frozen) {
      return unfrozen(frozen.getLayer());
    }
    return layer instanceof FrozenLayerWithBackprop frozen
        ? unfrozen(frozen.getUnderlying())
        : layer;
  }

  static boolean isDense(Layer layer) {
    return layer instanceof DenseLayer || layer.getClass() == OutputLayer.class;
  }

  Dl4jValue translate(Layer configured, Dl4jValue input) {
    Layer layer = unfrozen(configured);
    if (layer instanceof DropoutLayer) {
      assembly.note(String.format(Locale.ROOT, "The dropout '%s' was removed.", name));
      return input;
    }
    if (layer instanceof ActivationLayer activation) {
      return activated(activation.getActivationFn(), input.plain(), name);
    }
    if (layer instanceof LossLayer loss) {
      return loss.getActivationFn() instanceof ActivationIdentity
          ? input
          : activated(loss.getActivationFn(), input.plain(), name);
    }
    return weighted(layer, input.plain());
  }

  private Dl4jValue weighted(Layer layer, String input) {
    if (layer instanceof DenseLayer dense) {
      String linear = dense.hasLayerNorm() ? normalised(input) : dense(input);
      return activated(dense.getActivationFn(), linear, name + ".relu");
    }
    if (layer.getClass() == OutputLayer.class) {
      return activated(((OutputLayer) layer).getActivationFn(), dense(input), name + ".relu");
    }
    if (layer instanceof ConvolutionLayer convolution) {
      String linear = new Dl4jWindows(assembly, name, parameters).convolution(convolution, input);
      return activated(convolution.getActivationFn(), linear, name + ".relu");
    }
    if (layer instanceof BatchNormalization normalisation) {
      return new Dl4jValue(assembly.add(name, affine(normalisation), input), false);
    }
    return new Dl4jValue(moving(layer, input), false);
  }

  private String moving(Layer layer, String input) {
    if (layer instanceof SubsamplingLayer pooling) {
      return new Dl4jWindows(assembly, name, parameters).pooling(pooling, input);
    }
    if (layer instanceof GlobalPoolingLayer pooling) {
      return new Dl4jWindows(assembly, name, parameters).globalPooling(pooling, input);
    }
    if (layer instanceof ZeroPaddingLayer padding) {
      int[] pad = padding.getPadding();
      return assembly.add(name, new ZeroPad(pad[0], pad[2], pad[1], pad[3]), input);
    }
    if (layer instanceof Cropping2D cropping) {
      int[] crop = cropping.getCropping();
      return assembly.add(name, new Crop(crop[0], crop[2], crop[1], crop[3]), input);
    }
    if (layer instanceof Upsampling2D upsampling) {
      int[] size = upsampling.getSize();
      return assembly.add(name, Resize.repeat(assembly.shape(input), size[0], size[1]), input);
    }
    if (layer instanceof PReLULayer) {
      return assembly.add(name, Activation.prelu(slopes(assembly.shape(input))), input);
    }
    throw new IllegalStateException("It is supported but not translated.");
  }

  /** Images for a network of vectors, as their source has no other way to take them. */
  Dl4jValue flattenedInput(Layer layer, Dl4jValue input) {
    if (!isDense(layer)
        || !input.node().equals(Network.INPUT)
        || assembly.shape(Network.INPUT).size() == 1) {
      return input;
    }
    return new Dl4jValue(assembly.addFlattenedInput(), false);
  }

  /** What DL4J does between two layers. */
  Dl4jValue preprocessed(InputPreProcessor preprocessor, Dl4jValue input) {
    if (preprocessor == null) {
      return input;
    }
    if (preprocessor instanceof ComposableInputPreProcessor several) {
      Dl4jValue value = input;
      for (InputPreProcessor each : several.getInputPreProcessors()) {
        value = preprocessed(each, value);
      }
      return value;
    }
    if (preprocessor instanceof CnnToFeedForwardPreProcessor flatten) {
      if (assembly.shape(input.node()).size() == 1) {
        return input;
      }
      boolean channelsLast = flatten.getFormat() == CNN2DFormat.NHWC;
      return new Dl4jValue(
          assembly.add(name + ".flatten", new Flatten(channelsLast), input.plain()), false);
    }
    // A vector that DL4J reads as an image: only at the input, which we take as an image at once.
    require(
        preprocessor instanceof FeedForwardToCnnPreProcessor
            && input.node().equals(Network.INPUT)
            && assembly.shape(Network.INPUT).size() == 3,
        "The preprocessor %s is not supported here.",
        preprocessor.getClass().getSimpleName());
    return input;
  }

  private Dl4jValue activated(IActivation activation, String input, String relu) {
    if (activation instanceof ActivationIdentity) {
      return new Dl4jValue(input, false);
    }
    if (activation instanceof ActivationSoftmax) {
      assembly.note(
          String.format(Locale.ROOT, "The soft-max of '%s' at the end was removed.", name));
      return new Dl4jValue(input, true);
    }
    return new Dl4jValue(assembly.add(relu, Dl4jActivations.of(activation), input), false);
  }

  private String dense(String input) {
    INDArray weights = parameter("W").transpose().dup('c');
    return assembly.add(name, new Dense(weights, bias(weights.size(0))), input);
  }

  /** One for each entry of an example; along shared axes DL4J has one. */
  private double[] slopes(List<Long> shape) {
    INDArray own = parameter("W");
    INDArray batch =
        own.reshape('c', Shapes.withBatch(1, Arrays.stream(own.shape()).boxed().toList()));
    return Broadcast.repeated(batch, Shapes.withBatch(1, shape)).data().asDouble();
  }

  /** Between the product with the weights and the bias (DL4J's layer normalisation). */
  private String normalised(String input) {
    INDArray weights = parameter("W").transpose().dup('c');
    long neurons = weights.size(0);
    INDArray none = Nd4j.create(DataType.FLOAT, neurons);
    String linear = assembly.add(name, new Dense(weights, none), input);
    String norm = assembly.add(name + ".norm", Normalisation.layer(NOTHING), linear);
    Affine affine = new Affine(parameter("g").reshape(neurons), bias(neurons));
    return assembly.add(name + ".scale", affine, norm);
  }

  private INDArray bias(long neurons) {
    return parameters.containsKey("b")
        ? parameter("b").reshape(neurons)
        : Nd4j.create(DataType.FLOAT, neurons);
  }

  private Affine affine(BatchNormalization layer) {
    INDArray mean = parameters.get("mean").castTo(DataType.DOUBLE);
    long channels = mean.length();
    INDArray variance =
        layer.isUseLogStd()
            ? Transforms.pow(
                Nd4j.valueArrayOf(mean.shape(), 100.0, DataType.DOUBLE),
                parameters.get("log10stdev").castTo(DataType.DOUBLE))
            : parameters.get("var").castTo(DataType.DOUBLE);
    INDArray one = Nd4j.ones(DataType.DOUBLE, mean.shape());
    boolean locked = layer.isLockGammaBeta();
    INDArray gamma =
        locked ? one.mul(layer.getGamma()) : parameters.get("gamma").castTo(DataType.DOUBLE);
    INDArray beta =
        locked ? one.mul(layer.getBeta()) : parameters.get("beta").castTo(DataType.DOUBLE);
    INDArray scale = gamma.div(Transforms.sqrt(variance.add(layer.getEps())));
    return new Affine(
        scale.castTo(DataType.FLOAT).reshape(channels),
        beta.sub(scale.mul(mean)).castTo(DataType.FLOAT).reshape(channels));
  }

  private INDArray parameter(String key) {
    // A copy in row-major order: DL4J's parameters are views of one vector.
    return parameters.get(key).castTo(DataType.FLOAT).dup('c');
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be one more dependency
  static void require(boolean condition, String message, Object... numbers) {
    if (!condition) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, message, numbers));
    }
  }
}

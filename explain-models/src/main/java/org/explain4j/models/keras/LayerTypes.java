package org.explain4j.models.keras;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Keras' classes of layers: what each has in the file, and what it becomes. */
final class LayerTypes {
  /** Augmentation, noise and dropout, which do nothing in a prediction. */
  private static final List<String> REMOVED =
      List.of(
          "ActivityRegularization",
          "AlphaDropout",
          "Dropout",
          "GaussianDropout",
          "GaussianNoise",
          "Identity",
          "RandomBrightness",
          "RandomContrast",
          "RandomFlip",
          "RandomHeight",
          "RandomRotation",
          "RandomTranslation",
          "RandomWidth",
          "RandomZoom",
          "SpatialDropout1D",
          "SpatialDropout2D");

  private static final Map<String, LayerType> ALL = all();

  private LayerTypes() {}

  /**
   * @param variables that a layer of these settings has, in Keras' order
   * @param translation to nodes of the network
   */
  record LayerType(
      Function<LayerConfig, List<Variable>> variables, Function<LayerCall, Tensor> translation) {}

  private static Map<String, LayerType> all() {
    Map<String, LayerType> types = new TreeMap<>();
    types.put("Dense", weighted(Variable::kernelAndBias, LinearLayers::dense));
    types.put("Conv2D", weighted(Variable::kernelAndBias, LinearLayers::convolution));
    types.put("Conv2DTranspose", weighted(Variable::kernelAndBias, LinearLayers::transposed));
    types.put("DepthwiseConv2D", weighted(Variable::depthwise, LinearLayers::depthwise));
    types.put("SeparableConv2D", weighted(Variable::separable, LinearLayers::separable));
    types.put(
        "BatchNormalization",
        weighted(Variable::batchNormalisation, NormalisationLayers::batchNormalisation));
    types.put(
        "LayerNormalization", weighted(Variable::affine, NormalisationLayers::layerNormalisation));
    types.put(
        "GroupNormalization", weighted(Variable::affine, NormalisationLayers::groupNormalisation));
    types.put(
        "Normalization", weighted(Variable::normalisation, NormalisationLayers::normalisation));
    types.put("Rescaling", plain(NormalisationLayers::rescaling));
    types.put("MaxPooling2D", plain(PoolLayers::max));
    types.put("AveragePooling2D", plain(PoolLayers::average));
    types.put("GlobalMaxPooling2D", plain(PoolLayers::globalMax));
    types.put("GlobalAveragePooling2D", plain(PoolLayers::globalAverage));
    types.put("Activation", plain(ActivationLayers::activation));
    for (String type : List.of("ReLU", "LeakyReLU", "ELU", "ThresholdedReLU")) {
      types.put(type, plain(call -> ActivationLayers.parametric(call, type)));
    }
    types.put("PReLU", weighted(Variable::alpha, ActivationLayers::prelu));
    types.put("Softmax", plain(ActivationLayers::softmax));
    types.put("ZeroPadding2D", plain(ShapeLayers::zeroPadding));
    types.put("Cropping2D", plain(ShapeLayers::cropping));
    types.put("UpSampling2D", plain(ShapeLayers::upSampling));
    types.put("Flatten", plain(ShapeLayers::flatten));
    types.put("Reshape", plain(ShapeLayers::reshape));
    types.put("Permute", plain(ShapeLayers::permute));
    types.put("Add", plain(MergeLayers::add));
    types.put("Subtract", plain(MergeLayers::subtract));
    types.put("Multiply", plain(MergeLayers::multiply));
    types.put("Average", plain(MergeLayers::average));
    types.put("Concatenate", plain(MergeLayers::concatenate));
    types.put("InputLayer", plain(LayerCall::input));
    REMOVED.forEach(name -> types.put(name, plain(ActivationLayers::removed)));
    // Keras 1
    types.put("Convolution2D", types.get("Conv2D"));
    types.put("AtrousConvolution2D", types.get("Conv2D"));
    types.put("Merge", plain(MergeLayers::merge));
    return types;
  }

  private static LayerType weighted(
      Function<LayerConfig, List<Variable>> variables, Function<LayerCall, Tensor> translation) {
    return new LayerType(variables, translation);
  }

  private static LayerType plain(Function<LayerCall, Tensor> translation) {
    return new LayerType(Variable::none, translation);
  }

  static LayerType of(KerasLayer layer) {
    return ALL.get(layer.type());
  }

  /**
   * @throws IllegalArgumentException if layers are of other classes than these, or have settings
   *     that change the arithmetic; the message has their names and classes
   */
  static void requireSupported(KerasLayer model) {
    List<String> others =
        model.leaves().filter(layer -> !isSupported(layer)).map(LayerTypes::described).toList();
    if (!others.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Not supported: %s%s.\nSupported layers: %s.",
              others.stream().limit(10).collect(Collectors.joining(", ")),
              others.size() > 10
                  ? String.format(Locale.ROOT, " and %d more", others.size() - 10)
                  : "",
              String.join(", ", ALL.keySet())));
    }
  }

  private static boolean isSupported(KerasLayer layer) {
    LayerConfig settings = layer.settings();
    return ALL.containsKey(layer.type())
        && isOfKeras(layer)
        && !settings.has("quantization_config")
        && !settings.text("", "dtype").startsWith("Quantized");
  }

  /** Classes of users and operations have the names of layers, too. */
  private static boolean isOfKeras(KerasLayer layer) {
    String module = layer.json().path("module").asText("keras");
    boolean keras = module.equals("keras") || module.startsWith("keras.");
    return keras
        && !module.contains(".ops")
        && !layer.json().path("registered_name").asText("").contains(">");
  }

  private static String described(KerasLayer layer) {
    return isOfKeras(layer)
        ? layer.described()
        : String.format(
            Locale.ROOT,
            "%s of %s",
            layer.described(),
            layer.json().path("module").asText("another module"));
  }
}

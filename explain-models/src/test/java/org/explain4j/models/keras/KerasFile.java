package org.explain4j.models.keras;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bytedeco.hdf5.Attribute;
import org.bytedeco.hdf5.DataSet;
import org.bytedeco.hdf5.DataSpace;
import org.bytedeco.hdf5.Group;
import org.bytedeco.hdf5.H5File;
import org.bytedeco.hdf5.PredType;
import org.bytedeco.hdf5.StrType;
import org.bytedeco.hdf5.global.hdf5;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A functional Keras 2 model written layer by layer, in the layout of Keras 2.4. */
final class KerasFile {
  private static final String NEUTRAL =
      """
      "kernel_initializer": {"class_name": "GlorotUniform", "config": {"seed": null}},
      "bias_initializer": {"class_name": "Zeros", "config": {}},
      "kernel_regularizer": null, "bias_regularizer": null, "activity_regularizer": null,
      "kernel_constraint": null, "bias_constraint": null""";

  private final List<String> layers = new ArrayList<>();
  private final Map<String, Map<String, INDArray>> weights = new LinkedHashMap<>();

  KerasFile input(int height, int width, int channels) {
    layers.add(
        """
        {"class_name": "InputLayer", "name": "image", "inbound_nodes": [], "config":
        {"batch_input_shape": [null, %d, %d, %d], "dtype": "float32", "sparse": false, "name": "image"}}"""
            .formatted(height, width, channels));
    return this;
  }

  /** A layer with these settings (JSON without braces), fed by others. */
  KerasFile layer(String type, String name, String settings, String... inputs) {
    String inbound =
        List.of(inputs).stream()
            .map("[\"%s\", 0, 0, {}]"::formatted)
            .collect(Collectors.joining(", "));
    layers.add(
        """
        {"class_name": "%s", "name": "%s", "inbound_nodes": [[%s]], "config":
        {"name": "%s", "trainable": true, "dtype": "float32", "data_format": "channels_last"%s}}"""
            .formatted(type, name, inbound, name, settings.isEmpty() ? "" : ", " + settings));
    return this;
  }

  /**
   * A convolution of stride 1.
   *
   * @param kernel {@code [kh,kw,c,k]} as Keras has it
   */
  KerasFile conv(String name, String activation, INDArray kernel, INDArray bias, String input) {
    weights.put(name, Map.of("kernel", kernel, "bias", bias));
    String settings =
        """
        "filters": %d, "kernel_size": [%d, %d], "strides": [1, 1], "padding": "same",
        "dilation_rate": [1, 1], "groups": 1, "activation": "%s", "use_bias": true, %s"""
            .formatted(kernel.size(3), kernel.size(0), kernel.size(1), activation, NEUTRAL);
    return layer("Conv2D", name, settings, input);
  }

  /**
   * A dense layer.
   *
   * @param kernel {@code [d,k]} as Keras has it
   */
  KerasFile dense(String name, String activation, INDArray kernel, INDArray bias, String input) {
    weights.put(name, Map.of("kernel", kernel, "bias", bias));
    String settings =
        "\"units\": %d, \"activation\": \"%s\", \"use_bias\": true, %s"
            .formatted(kernel.size(1), activation, NEUTRAL);
    return layer("Dense", name, settings, input);
  }

  /**
   * Batch normalisation over channels.
   *
   * @param parameters gamma, beta, moving_mean and moving_variance
   */
  KerasFile norm(String name, double epsilon, Map<String, INDArray> parameters, String input) {
    weights.put(name, parameters);
    String settings =
        """
        "axis": [3], "momentum": 0.99, "epsilon": %s, "center": true, "scale": true,
        "beta_initializer": {"class_name": "Zeros", "config": {}},
        "gamma_initializer": {"class_name": "Ones", "config": {}},
        "moving_mean_initializer": {"class_name": "Zeros", "config": {}},
        "moving_variance_initializer": {"class_name": "Ones", "config": {}},
        "beta_regularizer": null, "gamma_regularizer": null,
        "beta_constraint": null, "gamma_constraint": null"""
            .formatted(epsilon);
    return layer("BatchNormalization", name, settings, input);
  }

  void write(Path file, String output) {
    String model = json(output);
    try (H5File h5 = new H5File(file.toString(), hdf5.H5F_ACC_TRUNC())) {
      attribute(h5, "keras_version", "2.4.0");
      attribute(h5, "backend", "tensorflow");
      attribute(h5, "model_config", model);
      try (Group all = h5.createGroup("model_weights")) {
        attribute(all, "keras_version", "2.4.0");
        attribute(all, "backend", "tensorflow");
        weights.forEach((layer, arrays) -> weights(all, layer, arrays));
      }
    }
  }

  /** Keras' {@code to_json}. */
  String json(String output) {
    return """
        {"class_name": "Functional", "keras_version": "2.4.0", "backend": "tensorflow",
        "config": {"name": "model", "layers": [%s],
        "input_layers": [["image", 0, 0]], "output_layers": [["%s", 0, 0]]}}"""
        .formatted(String.join(", ", layers), output);
  }

  /** Keras' {@code save_weights}. */
  void writeWeights(Path file) {
    try (H5File h5 = new H5File(file.toString(), hdf5.H5F_ACC_TRUNC())) {
      weights.forEach((layer, arrays) -> weights(h5, layer, arrays));
    }
  }

  private static void weights(Group all, String layer, Map<String, INDArray> arrays) {
    try (Group outer = all.createGroup(layer);
        Group inner = outer.createGroup(layer)) {
      String names =
          arrays.keySet().stream()
              .map(name -> layer + "/" + name + ":0")
              .collect(Collectors.joining());
      attribute(outer, "weight_names", names);
      arrays.forEach(
          (name, array) -> {
            float[] values = array.dup('c').data().asFloat();
            try (DataSpace space = new DataSpace(array.rank(), array.shape());
                DataSet data = inner.createDataSet(name + ":0", PredType.IEEE_F32LE(), space);
                FloatPointer pointer = new FloatPointer(values)) {
              data.write(pointer, PredType.NATIVE_FLOAT());
            }
          });
    }
  }

  private static void attribute(Group place, String name, String text) {
    try (StrType type = new StrType(PredType.C_S1(), text.length());
        DataSpace scalar = new DataSpace(hdf5.H5S_SCALAR);
        Attribute attribute = place.createAttribute(name, type, scalar)) {
      attribute.write(type, text);
    }
  }
}

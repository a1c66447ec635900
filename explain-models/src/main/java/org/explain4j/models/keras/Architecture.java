package org.explain4j.models.keras;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.explain4j.api.Preprocessing;

/**
 * The layers of a Keras file: {@code model.save} writes their description into the file, {@code
 * model.save_weights} does not. For a file of weights alone it comes from {@code NAME.json} beside
 * {@code NAME.h5} ({@code model.to_json()}); that of the VGG-16 that Keras publishes is known.
 *
 * @param description Keras' JSON
 * @param weights the group of all weights
 * @param preprocessing that the network was trained with, where known
 * @param notes where the architecture comes from, unless from the file
 */
record Architecture(
    JsonNode description, Group weights, Preprocessing preprocessing, List<String> notes) {
  private static final Set<String> VGG16 =
      Set.of("block1_conv1", "block3_conv3", "block5_conv3", "fc1", "fc2", "predictions");

  /** Python writes NaN and Infinity; the text of an entry is not to be shown in errors. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  static Architecture of(Path file, HdfFile hdf) throws IOException {
    Attribute config = hdf.getAttribute("model_config");
    if (config != null) {
      Node weights = hdf.getChildren().get("model_weights");
      if (!(weights instanceof Group group)) {
        throw new IllegalArgumentException("The file has no group 'model_weights'.");
      }
      return new Architecture(parsed(Hdf5.text(config)), group, Preprocessing.none(), List.of());
    }
    Path beside =
        file.resolveSibling(file.getFileName().toString().replaceFirst("\\.[^.]*$", "") + ".json");
    if (Files.isRegularFile(beside)) {
      return new Architecture(
          parsed(Files.readString(beside)),
          hdf,
          Preprocessing.none(),
          List.of("architecture from " + beside.getFileName()));
    }
    if (hdf.getChildren().keySet().containsAll(VGG16)) {
      return new Architecture(
          parsed(vgg16()),
          hdf,
          Preprocessing.caffe(),
          List.of("architecture and preprocessing of Keras' VGG-16, known by its layers' names"));
    }
    throw new IllegalArgumentException(
        "the file holds weights without an architecture.\n"
            + "Maybe save the model with model.save instead of model.save_weights,"
            + " or put model.to_json() into "
            + beside.getFileName()
            + " beside it.");
  }

  /** Of a {@code .keras} file. */
  static Architecture of(byte[] config, HdfFile hdf) throws IOException {
    return new Architecture(
        parsed(new String(config, StandardCharsets.UTF_8)), hdf, Preprocessing.none(), List.of());
  }

  KerasLayer model() {
    KerasLayer model = KerasLayer.model(description);
    if (model.layers().isEmpty()) {
      throw new IllegalArgumentException("The model has no layers.");
    }
    LayerTypes.requireSupported(model);
    return model;
  }

  /**
   * @throws IllegalArgumentException if the weights are not those of the model
   */
  Weights weights(KerasLayer model) {
    if (NamedWeights.in(weights)) {
      return NamedWeights.read(weights, model);
    }
    if (NumberedWeights.in(weights)) {
      return NumberedWeights.read(weights, model);
    }
    throw new IllegalArgumentException("The file has no weights in one of Keras' layouts.");
  }

  /** Theano computed convolutions with kernels turned around; other backends correlate. */
  boolean isFlipped() {
    Attribute whole = weights.getHdfFile().getAttribute("backend");
    Attribute backend = whole == null ? weights.getAttribute("backend") : whole;
    return backend != null && Hdf5.text(backend).equals("theano");
  }

  private static JsonNode parsed(String json) throws IOException {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) { // its message has half of the JSON in it
      throw new IOException(
          String.format(
              Locale.ROOT,
              "the JSON of the layers: %s (line %d, column %d)",
              e.getOriginalMessage(),
              e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
              e.getLocation() == null ? 0 : e.getLocation().getColumnNr()),
          e);
    }
  }

  private static String vgg16() {
    try (InputStream in = Architecture.class.getResourceAsStream("vgg16.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package org.explain4j.models.keras;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.modelimport.keras.KerasModel;
import org.deeplearning4j.nn.modelimport.keras.utils.KerasModelBuilder;
import org.deeplearning4j.nn.modelimport.keras.utils.KerasModelUtils;
import org.explain4j.api.Preprocessing;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * What the layers of a Keras file are: {@code model.save} writes it into the file, {@code
 * model.save_weights} does not. For a file of weights alone it is {@code NAME.json} beside {@code
 * NAME.h5} ({@code model.to_json()}), and known for the VGG-16 that Keras publishes.
 *
 * <p>Read with jHDF, which checks lengths: DL4J guesses them, in a damaged file for minutes.
 *
 * @param description Keras' JSON
 * @param inFile whether it is in the file
 * @param preprocessing that the network was trained with, where known
 * @param notes where the architecture comes from, unless from the file
 */
record Architecture(
    Map<String, Object> description,
    boolean inFile,
    Preprocessing preprocessing,
    List<String> notes) {
  private static final Set<String> VGG16 =
      Set.of("block1_conv1", "block3_conv3", "block5_conv3", "fc1", "fc2", "predictions");

  static Architecture of(Path file) throws IOException {
    Path beside =
        file.resolveSibling(file.getFileName().toString().replaceFirst("\\.[^.]*$", "") + ".json");
    // HdfFile would leave a file open that it refuses; closing the channel is all that it does.
    try (FileChannel channel = FileChannel.open(file)) {
      HdfFile hdf = new HdfFile(channel);
      Attribute config = hdf.getAttribute("model_config");
      if (config != null) {
        Map<String, Object> description = parsed(text(config));
        for (String name : List.of("keras_version", "backend")) {
          Attribute attribute = hdf.getAttribute(name);
          if (attribute != null) {
            description.put(name, text(attribute));
          }
        }
        return new Architecture(description, true, Preprocessing.none(), List.of());
      }
      if (Files.isRegularFile(beside)) {
        return new Architecture(
            parsed(Files.readString(beside)),
            false,
            Preprocessing.none(),
            List.of("architecture from " + beside.getFileName()));
      }
      if (hdf.getChildren().keySet().containsAll(VGG16)) {
        return new Architecture(
            parsed(vgg16()),
            false,
            Preprocessing.caffe(),
            List.of("architecture and preprocessing of Keras' VGG-16, known by its layers' names"));
      }
    }
    throw new IllegalArgumentException(
        ("the file holds weights without architecture.\n"
                + "Maybe save the model with model.save instead of model.save_weights,"
                + " or put model.to_json() into %s beside it.")
            .formatted(beside.getFileName()));
  }

  KerasModelBuilder builder(Path file) throws IOException {
    String path = file.toAbsolutePath().toString();
    KerasModelBuilder builder =
        new KerasModel()
            .modelBuilder()
            .enforceTrainingConfig(false)
            .modelJson(new ObjectMapper().writeValueAsString(description));
    return inFile ? builder.weightsHdf5Filename(path) : builder.weightsHdf5FilenameNoRoot(path);
  }

  boolean isSequential() {
    return "Sequential".equals(description.get("class_name"));
  }

  /** A string, alone or as the only one of an array. */
  private static String text(Attribute attribute) {
    Object data = attribute.getData();
    Object first = data instanceof Object[] array && array.length == 1 ? array[0] : data;
    return String.valueOf(first).replace("\0", "");
  }

  private static Map<String, Object> parsed(String json) throws IOException {
    try {
      return KerasModelUtils.parseJsonString(json);
    } catch (JsonProcessingException e) { // its message has half of the JSON in it
      throw new IOException(
          "the JSON of the layers: %s (line %d, column %d)"
              .formatted(
                  e.getOriginalMessage(),
                  e.getLocation().getLineNr(),
                  e.getLocation().getColumnNr()),
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

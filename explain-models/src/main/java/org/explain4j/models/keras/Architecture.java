package org.explain4j.models.keras;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.deeplearning4j.nn.modelimport.keras.Hdf5Archive;
import org.deeplearning4j.nn.modelimport.keras.KerasModel;
import org.deeplearning4j.nn.modelimport.keras.exceptions.InvalidKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.exceptions.UnsupportedKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.utils.KerasModelBuilder;
import org.explain4j.api.Preprocessing;

/**
 * What the layers of a Keras file are: {@code model.save} writes it into the file, {@code
 * model.save_weights} does not. For a file of weights alone it is {@code NAME.json} beside {@code
 * NAME.h5} ({@code model.to_json()}), and known for the VGG-16 that Keras publishes.
 *
 * @param json Keras' description; empty if it is in the file
 * @param preprocessing that the network was trained with, where known
 * @param notes where the architecture comes from, unless from the file
 */
record Architecture(String json, Preprocessing preprocessing, List<String> notes) {
  private static final String IN_FILE = "model_config";
  private static final Set<String> VGG16 =
      Set.of("block1_conv1", "block3_conv3", "block5_conv3", "fc1", "fc2", "predictions");

  /** Keras writes the model's class before the models inside the model. */
  private static final Pattern CLASS = Pattern.compile("\"class_name\"\\s*:\\s*\"(\\w+)\"");

  static Architecture of(Path file) throws IOException {
    Path beside =
        file.resolveSibling(file.getFileName().toString().replaceFirst("\\.[^.]*$", "") + ".json");
    try (Hdf5Archive archive = new Hdf5Archive(file.toAbsolutePath().toString())) {
      if (archive.hasAttribute(IN_FILE)) {
        return new Architecture("", Preprocessing.none(), List.of());
      }
      if (Files.isRegularFile(beside)) {
        return new Architecture(
            Files.readString(beside),
            Preprocessing.none(),
            List.of("architecture from " + beside.getFileName()));
      }
      if (archive.getGroups().containsAll(VGG16)) {
        return new Architecture(
            vgg16(),
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

  KerasModelBuilder builder(Path file)
      throws IOException,
          InvalidKerasConfigurationException,
          UnsupportedKerasConfigurationException {
    String path = file.toAbsolutePath().toString();
    KerasModelBuilder builder = new KerasModel().modelBuilder().enforceTrainingConfig(false);
    return json.isEmpty()
        ? builder.modelHdf5Filename(path)
        : builder.modelJson(json).weightsHdf5FilenameNoRoot(path);
  }

  static boolean isSequential(KerasModelBuilder builder) {
    Matcher first = CLASS.matcher(builder.getModelJson());
    return first.find() && first.group(1).equals("Sequential");
  }

  private static String vgg16() {
    try (InputStream in = Architecture.class.getResourceAsStream("vgg16.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

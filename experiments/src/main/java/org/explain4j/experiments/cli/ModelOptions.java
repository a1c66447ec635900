package org.explain4j.experiments.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.explain4j.api.Model;
import org.explain4j.api.ModelReader;
import org.explain4j.experiments.configuration.ConfigurationException;
import org.explain4j.experiments.configuration.Extensions;
import picocli.CommandLine.Option;

/** What all commands that read a model file have in common. */
final class ModelOptions {
  private static final String ADVICE = "set model\\.file\\.input-shape to \\[[^]]*]";

  @Option(
      names = "--input-shape",
      paramLabel = "N",
      split = ",",
      description = "Shape of one input, such as 3,224,224, if the model file leaves it open.")
  private List<Long> inputShape = List.of();

  @Option(
      names = "--output",
      paramLabel = "NAME",
      description = "The output that is explained, if the network has several.")
  private String output = "";

  List<Long> inputShape() {
    return inputShape;
  }

  String output() {
    return output;
  }

  /**
   * Reads a model file.
   *
   * @throws IOException if it cannot be read, or leaves the shape of its input open
   * @throws ConfigurationException if its format has one output only
   */
  Model read(Extensions extensions, Path file) throws IOException {
    ModelReader reader = reader(extensions, file);
    try {
      return ModelReader.of(reader, file, inputShape);
    } catch (IOException e) {
      String advice = "give --input-shape 3,224,224 or what it is";
      throw new IOException(e.getMessage().replaceFirst(ADVICE, advice), e);
    }
  }

  /**
   * The reader of a model file, for the output that was asked for.
   *
   * @throws IOException if there is no such file, or no reader knows its format
   * @throws ConfigurationException if its format has one output only
   */
  ModelReader reader(Extensions extensions, Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException(file + ": There is no such model file.");
    }
    ModelReader reader = ModelReader.accepting(extensions.of(ModelReader.class), file);
    try {
      return output.isEmpty() ? reader : reader.ofOutput(output);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "--output", e.getMessage().replace("model.file.output", "--output"));
    }
  }
}

package org.explain4j.models.dl4j;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.explain4j.api.Model;
import org.explain4j.api.ModelReader;
import org.explain4j.api.Preprocessing;
import org.explain4j.models.graph.Archives;
import org.explain4j.models.graph.Damage;
import org.explain4j.network.files.Checksum;
import org.explain4j.network.files.Reason;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.core.JsonLocation;
import org.nd4j.shade.jackson.core.JsonProcessingException;

/**
 * Zip files of DL4J's ModelSerializer. Only the configuration and the coefficients are read, with
 * limits on their size: DL4J's own method would unpack everything in the file, including serialised
 * Java objects.
 */
public record Dl4jReader() implements ModelReader {
  private static final String CONFIGURATION = "configuration.json";
  private static final String COEFFICIENTS = "coefficients.bin";

  /** Where Jackson's message goes on with half of the JSON. */
  private static final String SOURCE =
      "(?s)\\s*\\((?:start marker|for \\w+ starting) at \\[Source:.*";

  private static final String PACKAGE = "\\b(?:[a-z]\\w*\\.)+(?=[A-Z])";
  private static final List<String> NORMALIZERS = List.of("normalizer.bin", "preprocessor.bin");

  @Override
  public String id() {
    return "dl4j";
  }

  @Override
  public String summary() {
    return "zip files of DL4J's ModelSerializer: MultiLayerNetwork and ComputationGraph";
  }

  @Override
  public boolean accepts(Path file) throws IOException {
    return Archives.has(file, CONFIGURATION);
  }

  @Override
  public Model read(Path file, List<Long> inputShape) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      String configuration =
          new String(
              Archives.entry(zip, CONFIGURATION, Archives.LARGEST_TEXT), StandardCharsets.UTF_8);
      byte[] coefficients = Archives.entry(zip, COEFFICIENTS, Archives.LARGEST_ARRAY);
      Dl4jNetworks.Translated translated = translate(configuration, coefficients, inputShape);
      List<String> notes = new ArrayList<>(translated.notes());
      if (NORMALIZERS.stream().anyMatch(name -> zip.getEntry(name) != null)) {
        notes.add(
            "The file contains a normaliser, which is not read; set model.file.preprocessing to do"
                + " the same.");
      }
      return new Model(
          translated.network(),
          Preprocessing.none(),
          List.of(),
          Checksum.sha256().file(file).hex(),
          notes);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
      // Lengths and nesting in a damaged file may be anything; the memory was never allocated.
      throw Damage.of(file, "DL4J", e);
    }
  }

  private static Dl4jNetworks.Translated translate(
      String configuration, byte[] coefficients, List<Long> inputShape) throws IOException {
    try {
      return translate(configuration, Coefficients.read(coefficients), inputShape);
    } catch (RuntimeException e) {
      throw invalidJson(e).orElseThrow(() -> e);
    }
  }

  /** DL4J wraps what Jackson says, whose message has half of the JSON in it. */
  private static Optional<IOException> invalidJson(RuntimeException error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof JsonProcessingException json) {
        JsonLocation place = json.getLocation();
        return Optional.of(
            new IOException(
                String.format(
                    Locale.ROOT,
                    "%s: %s (line %d, column %d)",
                    CONFIGURATION,
                    said(json),
                    place == null ? 0 : place.getLineNr(),
                    place == null ? 0 : place.getColumnNr()),
                error));
      }
    }
    return Optional.empty();
  }

  /** In plain words: without the names of Java's packages. */
  private static String said(JsonProcessingException error) {
    return error.getCause() instanceof RuntimeException cause
        ? Reason.of(cause)
        : error.getOriginalMessage().replaceFirst(SOURCE, "").replaceAll(PACKAGE, "");
  }

  private static Dl4jNetworks.Translated translate(
      String configuration, INDArray parameters, List<Long> inputShape) {
    if (configuration.contains("\"vertexInputs\"")) {
      ComputationGraph graph =
          new ComputationGraph(ComputationGraphConfiguration.fromJson(configuration));
      graph.init(parameters, false);
      return Dl4jNetworks.of(graph, inputShape);
    }
    MultiLayerNetwork network =
        new MultiLayerNetwork(MultiLayerConfiguration.fromJson(configuration));
    network.init(parameters, false);
    return Dl4jNetworks.of(network, inputShape);
  }
}

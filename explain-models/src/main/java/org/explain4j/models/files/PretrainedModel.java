package org.explain4j.models.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.explain4j.api.Model;
import org.explain4j.api.ModelProvider;
import org.explain4j.models.onnx.OnnxReader;

/**
 * A network that is shipped. {@code fashion-small-vgg} is what the {@code train} provider makes of
 * the embedded Fashion-MNIST images with its default settings (it classifies 89.4 % of the 2,000
 * test images correctly). To make it again: {@code mvn -P all-tests -pl explain-models -am
 * -Dtest=TrainedModelTest -Dsurefire.failIfNoSpecifiedTests=false test} and copy {@code
 * explain-models/target/trained/*.onnx} over the resource.
 *
 * @param name of the network
 */
public record PretrainedModel(String name) implements ModelProvider {
  private static final List<String> KNOWN = List.of("fashion-small-vgg");
  private static final String FOLDER = "/org/explain4j/models/pretrained/";

  public PretrainedModel() {
    this(KNOWN.get(0));
  }

  public PretrainedModel {
    if (!KNOWN.contains(name)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "There is no pretrained network '%s'.\nKnown: %s",
              name,
              String.join(", ", KNOWN)));
    }
  }

  @Override
  public String id() {
    return "pretrained";
  }

  @Override
  public String summary() {
    return "a trained network that is shipped: " + String.join(", ", KNOWN);
  }

  @Override
  public Model provide(Request request) throws IOException {
    return read();
  }

  /** The network, which needs no data. */
  public Model read() throws IOException {
    String resource = FOLDER + name + ".onnx";
    try (InputStream in = PretrainedModel.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("The resource " + resource + " is not on the class path.");
      }
      return new OnnxReader().read(in.readAllBytes(), name);
    }
  }
}

package org.explain4j.models.training;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.explain4j.api.Dataset;
import org.explain4j.api.Extension;
import org.explain4j.api.Model;
import org.explain4j.api.ModelProvider;
import org.explain4j.api.Preprocessing;
import org.explain4j.models.onnx.OnnxReader;
import org.explain4j.models.onnx.OnnxWriter;
import org.explain4j.network.Network;
import org.explain4j.network.files.Checksum;

/**
 * Trains a small network on the experiment's training data and keeps it in the cache, under the
 * hash of these settings and the data: in the style of VGG, or without convolutions a multi-layer
 * perceptron, or without hidden neurons either a logistic regression, for vectors as for images.
 *
 * @param epochs passes over the training data
 * @param batch examples per step
 * @param learningRate of ADAM's first step; it falls to 0 along half a cosine
 * @param seed of the first weights and the order of examples, at least 1
 * @param channels of the convolutions of each block; an empty list for none, which vectors need
 * @param hidden neurons of the hidden dense layer; 0 for no such layer
 */
public record TrainedModel(
    int epochs, int batch, double learningRate, long seed, List<Integer> channels, int hidden)
    implements ModelProvider {

  public TrainedModel() {
    this(10, 64, 0.002, 1, List.of(16, 32), 64);
  }

  public TrainedModel {
    channels = List.copyOf(channels);
    Extension.requireCount("epochs", epochs);
    Extension.requireCount("batch", batch);
    Extension.requirePositive("learning-rate", learningRate);
    Extension.requireSeed(seed);
    if (hidden < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The hidden (%d) must be at least 0: 0 is for no hidden layer.",
              hidden));
    }
    if (channels.stream().anyMatch(c -> c < 1)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Channels (%s) must be numbers of at least 1.\n"
                  + "Maybe set train.channels to [] for a network without convolutions.",
              channels));
    }
  }

  @Override
  public String id() {
    return "train";
  }

  @Override
  public String summary() {
    return "trains a small VGG-style or dense network with ADAM on the experiment's training data";
  }

  @Override
  public Model provide(Request request) throws IOException {
    Dataset data = request.data();
    requireFittingInputs(data);
    Path file = file(request);
    if (!Files.exists(file)) {
      Network network =
          new SmallVgg(channels, hidden).initial(data.inputShape(), data.classNames().size(), seed);
      Path trial = file.resolveSibling(file.getFileName() + ".trial");
      OnnxWriter.write(trial, network, Preprocessing.none(), data.classNames());
      Files.deleteIfExists(trial); // a full or read-only folder ends the work before it is begun
      new Training(epochs, batch, learningRate, seed)
          .run(network, data.train(), request.progress());
      OnnxWriter.write(file, network, Preprocessing.none(), data.classNames());
    }
    return new OnnxReader().read(file);
  }

  @Override
  public boolean isReady(Request request) {
    return Files.exists(file(request));
  }

  private Path file(Request request) {
    String key = this + " " + request.data().fingerprint();
    String hash =
        Checksum.sha256().bytes(key.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 16);
    return request.cache().resolve("train-" + hash + ".onnx");
  }

  private void requireFittingInputs(Dataset data) {
    int halvings = channels.size();
    List<Long> shape = data.inputShape();
    boolean vectors = shape.size() == 1;
    boolean large = shape.size() == 3 && Math.min(shape.get(1), shape.get(2)) >> halvings >= 1;
    if (vectors ? halvings > 0 : !large) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Training with %d blocks of convolutions needs images [c,h,w] of at least %d pixels a"
                  + " side, not %s.\n"
                  + "Maybe %s.",
              halvings,
              1L << halvings,
              shape,
              vectors ? "set train.channels to []" : "give train.channels fewer entries"));
    }
  }
}

package org.explain4j.experiments.stages;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.explain4j.experiments.passes.SplitMoments;
import org.explain4j.experiments.setup.Part;
import org.explain4j.experiments.setup.Run;
import org.explain4j.network.Activation;
import org.explain4j.network.Activations;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Node;
import org.explain4j.network.files.Checksum;
import org.explain4j.reports.runs.Warning;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What some images of split A show: whether they are enough for patterns, and neurons that rest.
 */
final class SampleWarnings {
  /** Images that are looked at. */
  private static final int TRIED = 300;

  /** Patterns of fewer different images are those of the images. */
  private static final int FEW = 100;

  /** From this share of inputs to samples on, a pattern is largely noise. */
  private static final double MANY_INPUTS = 0.5;

  private static final int MOST_NAMED = 4;

  private final Run run;
  private final Part a;
  private final int images;
  private final Set<String> contents = new HashSet<>();
  private final Map<String, double[]> largest = new LinkedHashMap<>(); // by rectifier

  SampleWarnings(Run run) {
    this.run = run;
    this.a = run.parts().a();
    this.images = Math.min(TRIED, a.size());
  }

  List<Warning> all() {
    look();
    List<Warning> found = new ArrayList<>();
    if (areNeeded(run)) {
      fewImages().ifPresent(text -> found.add(new Warning("patterns", text)));
    }
    resting().ifPresent(text -> found.add(new Warning("neurons", text)));
    return found;
  }

  /** Whether patterns are asked for. */
  static boolean areNeeded(Run run) {
    return SplitMoments.of(run.setup()).stream().anyMatch(wanted -> wanted.split().equals("A"));
  }

  private void look() {
    int batch = run.experiment().batch();
    for (int from = 0; from < images; from += batch) {
      int to = Math.min(images, from + batch);
      try (INDArray pixels = a.split().inputs(a.range(from, to));
          INDArray inputs = run.model().preprocessing().apply(pixels);
          Activations activations = run.network().forward(inputs)) {
        for (int example = 0; example < to - from; example++) {
          contents.add(content(pixels.slice(example)));
        }
        for (Node node : run.network().nodes()) {
          if (node.layer().equals(Activation.RELU)) {
            largest.merge(node.name(), largest(activations.output(node)), SampleWarnings::larger);
          }
        }
      }
    }
  }

  private static String content(INDArray pixels) {
    try (INDArray plain = pixels.dup('c')) {
      float[] values = plain.data().asFloat();
      ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
      bytes.asFloatBuffer().put(values);
      return Checksum.sha256().item(bytes.array()).hex();
    }
  }

  private Optional<String> fewImages() {
    int different = contents.size();
    if (different < Math.min(FEW, images) || images < FEW) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "Split A has only %d different images%s. Patterns of so few are those of the images, not of the network's data. Maybe set splits.a to some hundreds, or give more data.",
              different,
              images < a.size() ? " among its first " + images : ""));
    }
    SplitMoments wanted = SplitMoments.ofA(run.setup());
    List<String> wide =
        wanted.nodes().stream()
            .filter(
                node -> ((LinearLayer) node.layer()).fanIn() >= MANY_INPUTS * wanted.samples(node))
            .map(Node::name)
            .toList();
    return wide.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "In "
                + String.join(", ", wide)
                + " a neuron has hardly fewer inputs than split A has samples: much of a pattern is"
                + " the noise of sampling. Maybe set splits.a to more images.");
  }

  /** Neurons behind a rectifier that give 0 for every image. */
  private Optional<String> resting() {
    Map<String, Long> resting = new LinkedHashMap<>();
    largest.forEach(
        (name, values) -> {
          long dead = IntStream.range(0, values.length).filter(i -> values[i] <= 0).count();
          if (dead > 0) {
            resting.put(name, dead);
          }
        });
    return resting.isEmpty() ? Optional.empty() : Optional.of(text(resting));
  }

  private String text(Map<String, Long> resting) {
    List<String> named =
        resting.entrySet().stream()
            .limit(MOST_NAMED)
            .map(
                e ->
                    String.format(
                        Locale.ROOT,
                        "%s (%d of %d)",
                        e.getKey(),
                        e.getValue(),
                        largest.get(e.getKey()).length))
            .toList();
    int others = resting.size() - named.size();
    return String.format(
        Locale.ROOT,
        "Some neurons are 0 for all of %d images of split A, in %s%s. They may be dead, or the"
            + " images are not what the network was trained on: nothing can be measured of them.",
        images,
        String.join(", ", named),
        others > 0 ? " and " + others + " more layers" : "");
  }

  /** Of each channel, or each entry of a vector, over all examples. */
  private static double[] largest(INDArray output) {
    int[] others = IntStream.range(0, output.rank()).filter(axis -> axis != 1).toArray();
    try (INDArray most = output.max(others)) {
      return most.dup('c').data().asDouble();
    }
  }

  private static double[] larger(double[] one, double[] other) {
    double[] both = one.clone();
    for (int i = 0; i < both.length; i++) {
      both[i] = Math.max(one[i], other[i]);
    }
    return both;
  }
}

package org.explain4j.metrics.rho;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.explain4j.api.Patterns;
import org.explain4j.metrics.FashionMnist;
import org.explain4j.network.Activations;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.arrays.Batches;
import org.explain4j.network.moments.LayerSamples;
import org.explain4j.network.testing.Shared;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The samples and patterns that golden/rho was made of. */
final class GoldenLayers {
  private static final int BATCH = 250;

  private GoldenLayers() {}

  /** Layer by name, float64. */
  static LinearLayer layer(String name) {
    return ((LinearLayer) Shared.goldenNetwork(DataType.FLOAT).node(name).layer())
        .cast(DataType.DOUBLE);
  }

  /** What conv1 sees of a split, B or C, at the stored positions: stored as bytes. */
  static LayerSamples firstPatches(String split) {
    INDArray pixels = Shared.npy("golden/rho/conv1_" + split).castTo(DataType.FLOAT).divi(255);
    return new LayerSamples(layer("conv1"), pixels.castTo(DataType.DOUBLE));
  }

  /** What conv2 sees at every position of 100 of the 500 images stored with the patterns. */
  static LayerSamples secondPatches(int first) {
    Network network = until(Shared.goldenNetwork(DataType.DOUBLE), "conv2");
    INDArray stored = Batches.slice(Shared.npy("golden/patterns500/images_u8"), first, first + 100);
    INDArray images = stored.castTo(DataType.DOUBLE).divi(255).reshape('c', 100, 1, 28, 28);
    try (Activations activations = network.forward(images)) {
      Node node = network.node("conv2");
      INDArray patches = layer("conv2").patches(activations.inputs(node).get(0));
      return new LayerSamples(layer("conv2"), patches.dup('c'));
    }
  }

  /**
   * A split's samples; {@code positions} is B or C where the images are those of the stored
   * positions, else null.
   */
  static LayerSamples samples(String name, int from, int to, String positions, DataType type) {
    Network network = until(Shared.goldenNetwork(type), name);
    Node node = network.node(name);
    INDArray drawn =
        positions == null || name.startsWith("fc")
            ? null
            : Shared.npy("golden/rho/pos_" + name + "_" + positions).castTo(DataType.INT32);
    List<INDArray> parts = new ArrayList<>();
    int first = 0;
    for (INDArray images : Batches.of(FashionMnist.training(from, to), BATCH)) {
      try (Activations activations = network.forward(images)) {
        LinearLayer layer = (LinearLayer) node.layer();
        INDArray patches = layer.patches(activations.inputs(node).get(0));
        parts.add(rows(patches, drawn, first, (int) images.size(0)));
      }
      first += BATCH;
    }
    return new LayerSamples(layer(name), Nd4j.vstack(parts));
  }

  private static INDArray rows(INDArray patches, INDArray drawn, int first, int images) {
    if (drawn == null) {
      return patches.dup('c');
    }
    int positions = (int) (patches.size(0) / images);
    int each = (int) drawn.size(1);
    int[] rows = new int[images * each];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i / each * positions + drawn.getInt(first + i / each, i % each);
    }
    return Nd4j.pullRows(patches, 1, rows, 'c');
  }

  /** The chain up to a node: what lies behind it need not be computed. */
  private static Network until(Network network, String name) {
    int end = network.nodes().indexOf(network.node(name)) + 1;
    return new Network(network.inputShape(), network.nodes().subList(0, end));
  }

  /** Patterns of the estimator as the golden files name it: Su, Sw, Sa, Sa+-. */
  static Patterns patterns(String name, String estimator) {
    INDArray directions = Shared.npy("golden/rho/random_dir_" + name).transpose().dup('c');
    return patterns(name, estimator, "golden/patterns/", directions);
  }

  /** Patterns of the 500 stored images and stored random directions. */
  static Patterns patternsOf500(String name, String estimator) {
    INDArray directions = Shared.npy("golden/rho500/random_dir_" + name).castTo(DataType.DOUBLE);
    return patterns(name, estimator, "golden/patterns500/", directions);
  }

  private static Patterns patterns(
      String name, String estimator, String folder, INDArray directions) {
    INDArray w = layer(name).weights();
    INDArray rows = w.reshape('c', w.size(0), -1);
    return switch (estimator) {
      case "Sw" -> Patterns.linear(scaled(rows, rows).reshape('c', w.shape()));
      case "Su" -> Patterns.linear(scaled(directions, rows).reshape('c', w.shape()));
      case "Sa" -> Patterns.linear(pattern(folder + name + "_lin", w));
      case "Sa+-" -> {
        List<Patterns.State> fitted = Collections.nCopies((int) w.size(0), Patterns.State.FITTED);
        yield new Patterns(
            pattern(folder + name + "_pos", w), pattern(folder + name + "_neg", w), fitted, fitted);
      }
      default -> throw new IllegalArgumentException(estimator);
    };
  }

  private static INDArray scaled(INDArray directions, INDArray weights) {
    return directions.divColumnVector(directions.mul(weights).sum(1));
  }

  private static INDArray pattern(String file, INDArray weights) {
    INDArray stored = Shared.npy(file);
    return (stored.rank() == 2 ? stored.transpose().dup('c') : stored)
        .reshape('c', weights.shape());
  }
}

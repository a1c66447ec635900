package org.explain4j.network.moments;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.explain4j.network.ChannelSlice;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.arrays.Products;
import org.explain4j.network.arrays.Workers;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The groups of a layer, each of which adds to its part of the layer's sums; none if it has one.
 */
final class GroupSums {
  /** Sums whose first size is that of the groups, not of the neurons. */
  private static final Set<String> OF_INPUTS = Set.of(LayerSums.INPUTS, LayerSums.COVARIANCE);

  private final List<LayerSums> groups = new ArrayList<>();
  private final int neurons; // of a group
  private final long fanIn;

  GroupSums(LinearLayer layer, Supplier<INDArray> weights, INDArray bias, boolean covariance) {
    neurons = Math.toIntExact(layer.neurons() / layer.groups());
    fanIn = layer.fanIn();
    for (int group = 0; layer.groups() > 1 && group < layer.groups(); group++) {
      int from = group * neurons;
      int to = from + neurons;
      groups.add(
          new LayerSums(
              layer.group(group),
              () -> Workers.slice(weights.get(), from, to),
              bias.get(NDArrayIndex.interval(from, to)),
              covariance));
    }
  }

  boolean isEmpty() {
    return groups.isEmpty();
  }

  int size() {
    return groups.size();
  }

  LayerSums get(int group) {
    return groups.get(group);
  }

  /** Gives each group its part of the sums. */
  void share(Map<String, INDArray> sums) {
    for (int i = 0; i < groups.size(); i++) {
      int group = i;
      Map<String, INDArray> parts = new LinkedHashMap<>();
      sums.forEach(
          (name, sum) ->
              parts.put(
                  name,
                  OF_INPUTS.contains(name)
                      ? sum.slice(group)
                      : Workers.slice(sum, group * neurons, (group + 1) * neurons)));
      groups.get(group).take(parts);
    }
  }

  /** Adds samples, in which each group has its own columns. */
  void addSamples(INDArray rows) {
    for (int group = 0; group < groups.size(); group++) {
      groups.get(group).addSamples(Products.columns(rows, group * fanIn, (group + 1) * fanIn));
    }
  }

  /** Adds a batch of images, in which each group has its own channels. */
  void addBatch(INDArray input, INDArray output) {
    for (int group = 0; group < groups.size(); group++) {
      try (INDArray own = channels(input, group);
          INDArray result = channels(output, group)) {
        groups.get(group).addBatch(own, result);
      }
    }
  }

  private INDArray channels(INDArray images, int group) {
    long each = images.size(1) / groups.size();
    return new ChannelSlice(group * each, (group + 1) * each).forward(images);
  }

  void complete() {
    groups.forEach(LayerSums::complete);
  }

  void counted(long samples) {
    groups.forEach(group -> group.counted(samples));
  }

  private static String prefix(int group) {
    return "group " + group + "/";
  }

  /** What was added and is not in the sums yet, by name. */
  Map<String, INDArray> rest() {
    Map<String, INDArray> rest = new LinkedHashMap<>();
    for (int i = 0; i < groups.size(); i++) {
      String prefix = prefix(i);
      groups.get(i).rest().forEach((name, array) -> rest.put(prefix + name, array));
    }
    return rest;
  }

  /** Takes over what {@link #rest} gave, among other arrays. */
  void restore(Path file, Map<String, INDArray> arrays) throws IOException {
    for (int i = 0; i < groups.size(); i++) {
      String prefix = prefix(i);
      Map<String, INDArray> own = new LinkedHashMap<>();
      arrays.forEach(
          (name, array) -> {
            if (name.startsWith(prefix)) {
              own.put(name.substring(prefix.length()), array);
            }
          });
      groups.get(i).restoreRest(file, own);
    }
  }

  /** Gives up the parts of sums that are closed. */
  void forget() {
    groups.forEach(LayerSums::forget);
  }
}

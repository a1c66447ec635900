package org.explain4j.experiments.stages;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.explain4j.experiments.setup.Part;
import org.explain4j.experiments.setup.Setup;
import org.explain4j.network.Activations;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.explain4j.network.moments.PatchSampling;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a layer sees of a run's data, from a network whose every number is float64.
 *
 * @param network the run's, cast
 */
record TwinSamples(Setup setup, Network network) {
  private static final int BATCH = 50;

  static TwinSamples of(Setup setup) {
    return new TwinSamples(setup, setup.network().cast(DataType.DOUBLE));
  }

  /** Takes the samples of some images, {@code [n,d]}, image after image. */
  interface Taker {
    void take(INDArray samples);
  }

  LinearLayer layer(String name) {
    return (LinearLayer) network.node(name).layer();
  }

  /** A layer's weights, {@code [k,d]}. */
  double[][] weights(String name) {
    LinearLayer layer = layer(name);
    return layer.weights().reshape('c', layer.neurons(), layer.fanIn()).toDoubleMatrix();
  }

  /**
   * The samples of some layers, batch by batch, from one pass.
   *
   * @param takers by layer; what they are given is gone afterwards
   */
  void batches(Part part, int images, int perImage, Map<String, Taker> takers) {
    PatchSampling sampling = new PatchSampling(perImage, setup.experiment().seed());
    for (int from = 0; from < images; from += BATCH) {
      int to = Math.min(images, from + BATCH);
      int first = from;
      try (INDArray pixels = part.inputs(setup.model().preprocessing(), from, to);
          INDArray inputs = pixels.castTo(DataType.DOUBLE);
          Activations activations = network.forward(inputs)) {
        takers.forEach(
            (name, taker) -> {
              INDArray input = activations.inputs(network.node(name)).get(0);
              taker.take(sampling.samples(name, layer(name), input, first));
            });
      }
    }
  }

  /** All samples of a part of the data, {@code [n,d]}, by layer. */
  Map<String, INDArray> all(Part part, int perImage, List<String> names) {
    Map<String, List<INDArray>> parts = new LinkedHashMap<>();
    Map<String, Taker> takers = new LinkedHashMap<>();
    for (String name : names) {
      List<INDArray> own = new ArrayList<>();
      parts.put(name, own);
      takers.put(name, samples -> own.add(samples.dup('c')));
    }
    batches(part, part.size(), perImage, takers);
    Map<String, INDArray> all = new LinkedHashMap<>();
    parts.forEach(
        (name, own) -> {
          if (own.size() == 1) {
            all.put(name, own.get(0)); // which ND4J would hand back, not a copy
            return;
          }
          all.put(name, Nd4j.vstack(own));
          own.forEach(INDArray::close);
        });
    return all;
  }
}

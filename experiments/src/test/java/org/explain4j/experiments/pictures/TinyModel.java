package org.explain4j.experiments.pictures;

import java.util.LinkedHashMap;
import java.util.List;
import org.explain4j.api.Model;
import org.explain4j.api.Preprocessing;
import org.explain4j.network.Dense;
import org.explain4j.network.Flatten;
import org.explain4j.network.Layer;
import org.explain4j.network.Network;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** A network of one dense layer that takes grey pictures of 2x2 pixels. */
final class TinyModel {
  private TinyModel() {}

  static Model with(Preprocessing preprocessing) {
    Dense dense =
        new Dense(
            Nd4j.createFromArray(new float[][] {{1, 0, -1, 2}, {0, 1, 1, -1}}),
            Nd4j.zeros(DataType.FLOAT, 2));
    LinkedHashMap<String, Layer> layers = new LinkedHashMap<>();
    layers.put("flatten", new Flatten());
    layers.put("dense", dense);
    return new Model(
        Network.chain(List.of(1L, 2L, 2L), layers), preprocessing, List.of(), "tiny", List.of());
  }
}

package org.explain4j.models.keras;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.explain4j.api.Preprocessing;
import org.explain4j.models.graph.GraphAssembly;
import org.explain4j.network.Affine;
import org.explain4j.network.Network;

/**
 * Rescaling and Normalization at the input of a network of images become its preprocessing. Keras
 * takes the bytes of an image there, which are pixels in [0,1] here: 255 times as much.
 */
final class Scaling {
  private static final double BYTE = 255;

  private Scaling() {}

  /**
   * Takes the layers out of the network.
   *
   * @param scalings nodes that such layers became
   * @return nothing where none is at the input
   */
  static Optional<Preprocessing> take(GraphAssembly assembly, Set<String> scalings) {
    if (assembly.shape(Network.INPUT).size() != 3 || !assembly.startsWith(scalings)) {
      return Optional.empty();
    }
    Preprocessing preprocessing = new Preprocessing(BYTE, List.of(), List.of(), false);
    Optional<Affine> first = assembly.takeFirst(scalings, Scaling::isPositive);
    while (first.isPresent()) {
      preprocessing = followed(preprocessing, first.get());
      first = assembly.takeFirst(scalings, Scaling::isPositive);
    }
    assembly.note(
        "Rescaling or Normalization at the input became preprocessing of pixels in [0,1]; npy data of 0 to 255 need dataset.npy.scale: 0.00392156862745098.");
    return Optional.of(preprocessing);
  }

  private static boolean isPositive(Affine affine) {
    return affine.scale().minNumber().doubleValue() > 0;
  }

  /** {@code s ((a p - m) / d) + t} as {@code (a p - m') / d'}. */
  private static Preprocessing followed(Preprocessing before, Affine affine) {
    double[] scale = affine.scale().toDoubleVector();
    double[] shift = affine.shift().toDoubleVector();
    List<Double> means = new ArrayList<>();
    List<Double> deviations = new ArrayList<>();
    for (int c = 0; c < scale.length; c++) {
      double mean = before.mean().isEmpty() ? 0 : before.mean().get(c);
      double deviation = before.deviation().isEmpty() ? 1 : before.deviation().get(c);
      means.add(mean - shift[c] * deviation / scale[c]);
      deviations.add(deviation / scale[c]);
    }
    return simple(before.scale(), means, deviations);
  }

  /** Of one deviation for all channels and without means that are 0. */
  private static Preprocessing simple(double scale, List<Double> means, List<Double> deviations) {
    boolean one = deviations.stream().distinct().count() == 1;
    double deviation = one ? deviations.get(0) : 1;
    List<Double> shifted = means.stream().map(mean -> mean / deviation).toList();
    boolean none = shifted.stream().allMatch(mean -> mean == 0);
    return new Preprocessing(
        rounded(scale / deviation),
        none ? List.of() : shifted.stream().map(Scaling::rounded).toList(),
        one ? List.of() : deviations.stream().map(Scaling::rounded).toList(),
        false);
  }

  /** To the digits that a float32 has, as Keras has no more: 255 x 1/255 is 1 again. */
  private static double rounded(double value) {
    return new BigDecimal(value).round(new MathContext(7)).doubleValue();
  }
}

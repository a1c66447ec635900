package org.explain4j.experiments.inspection;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.explain4j.api.Preprocessing;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Ways to prepare pixels that networks were trained with. */
final class Candidate {
  private static final double BYTES = 255;

  private Candidate() {}

  /**
   * What the model file states, those of published networks, the usual ranges, and those of the
   * images themselves: centred, or standardised; also with blue first.
   *
   * @param pixels some images, {@code [n,c,h,w]} or {@code [n,d]}, in [0,1]
   */
  static List<Preprocessing> of(Preprocessing stated, INDArray pixels) {
    Set<Preprocessing> all = new LinkedHashSet<>(List.of(stated, Preprocessing.none()));
    if (pixels.rank() != 4) {
      return List.copyOf(all);
    }
    int channels = Math.toIntExact(pixels.size(1));
    all.add(new Preprocessing(1, same(channels, 0.5), List.of(), false));
    all.add(new Preprocessing(1, same(channels, 0.5), same(channels, 0.5), false));
    all.add(new Preprocessing(BYTES, List.of(), List.of(), false));
    List<Double> mean = ofChannels(pixels.mean(0, 2, 3), 1);
    List<Double> deviation = ofChannels(pixels.std(0, 2, 3), 1);
    all.add(new Preprocessing(1, mean, List.of(), false));
    if (deviation.stream().allMatch(d -> d > 0)) {
      all.add(new Preprocessing(1, mean, deviation, false));
    }
    all.add(new Preprocessing(BYTES, ofChannels(pixels.mean(0, 2, 3), BYTES), List.of(), false));
    Preprocessing.names().stream().map(Preprocessing::named).forEach(all::add);
    if (channels == 3) {
      List.copyOf(all).forEach(each -> all.add(swapped(each)));
    }
    return List.copyOf(all);
  }

  private static Preprocessing swapped(Preprocessing how) {
    return new Preprocessing(
        how.scale(), reversed(how.mean()), reversed(how.deviation()), !how.bgr());
  }

  private static List<Double> reversed(List<Double> values) {
    return IntStream.range(0, values.size())
        .mapToObj(i -> values.get(values.size() - 1 - i))
        .toList();
  }

  private static List<Double> same(int channels, double value) {
    return IntStream.range(0, channels).mapToObj(i -> value).toList();
  }

  /** To three digits, as people write them. */
  private static List<Double> ofChannels(INDArray numbers, double factor) {
    List<Double> values = new ArrayList<>();
    double digits = factor == 1 ? 1000 : 10;
    for (double number : numbers.toDoubleVector()) {
      values.add(Math.round(number * factor * digits) / digits);
    }
    return values;
  }
}

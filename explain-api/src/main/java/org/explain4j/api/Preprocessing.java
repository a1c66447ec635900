package org.explain4j.api;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * From pixels in [0,1] to what a network was trained on: {@code (scale * pixel - mean) / deviation}
 * per channel.
 *
 * @param scale 1, or 255 for networks trained on bytes
 * @param mean per channel in the network's order, in units of scale; empty for 0
 * @param deviation likewise; empty for 1
 * @param bgr whether the network takes blue, green, red
 */
public record Preprocessing(double scale, List<Double> mean, List<Double> deviation, boolean bgr) {

  public Preprocessing {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    if (!(scale > 0) || deviation.stream().anyMatch(d -> !(d > 0))) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "Scale (%s) and deviations (%s) must be positive.", scale, deviation));
    }
  }

  /** Leaves pixels as they are. */
  public Preprocessing() {
    this(1, List.of(), List.of(), false);
  }

  /** Leaves pixels as they are. */
  public static Preprocessing none() {
    return new Preprocessing();
  }

  /** Caffe's for ImageNet, which Keras' VGG also uses: bytes, blue first, minus the mean pixel. */
  public static Preprocessing caffe() {
    return named("imagenet-caffe");
  }

  /** torchvision's for ImageNet: red first, standardised. */
  public static Preprocessing torch() {
    return named("imagenet-torch");
  }

  /**
   * The preprocessing of published networks: {@code imagenet-torch}, {@code keras:vgg16}, ...
   *
   * @throws IllegalArgumentException if there is none of this name; the message lists the names
   */
  public static Preprocessing named(String name) {
    Preprocessing known = NamedPreprocessing.rows().get(name);
    if (known == null) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "no preprocessing has the name '%s'%s\nKnown: %s",
              name,
              Catalog.didYouMean(name, names()),
              String.join(", ", names())));
    }
    return known;
  }

  /** The choices in an experiment file. */
  public static List<String> choices() {
    return Stream.concat(
            names().stream(), Stream.of("{scale: 1, mean: [], deviation: [], bgr: false}"))
        .toList();
  }

  /** The names that {@link #named} knows. */
  public static List<String> names() {
    return List.copyOf(NamedPreprocessing.rows().keySet());
  }

  /** The formula, with its name if it has one, on one line for people. */
  public String text() {
    if (equals(none())) {
      return "none (pixels from 0 to 1)";
    }
    String pixel = scale == 1 ? "pixel" : number(scale) + " * pixel";
    String centred = mean.isEmpty() ? pixel : "(" + pixel + " - " + numbers(mean) + ")";
    String divided = deviation.isEmpty() ? centred : centred + " / " + numbers(deviation);
    String name =
        NamedPreprocessing.rows().entrySet().stream()
            .filter(row -> row.getValue().equals(this))
            .map(row -> row.getKey() + ": ")
            .findFirst()
            .orElse("");
    return name + divided + (bgr ? ", blue first" : "");
  }

  private static String numbers(List<Double> values) {
    return values.stream().map(Preprocessing::number).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  /**
   * The network's input.
   *
   * @param pixels {@code [n,c,h,w]} or {@code [n,d]}, not changed
   * @throws IllegalArgumentException if there are more or fewer means or deviations than channels
   */
  public INDArray apply(INDArray pixels) {
    requireOnePerChannel("means", mean, pixels);
    requireOnePerChannel("deviations", deviation, pixels);
    INDArray result = ordered(pixels).muli(scale);
    for (int c = 0; c < Math.max(mean.size(), deviation.size()); c++) {
      INDArray channel = result.get(NDArrayIndex.all(), NDArrayIndex.point(c));
      if (!mean.isEmpty()) {
        channel.subi(mean.get(c));
      }
      if (!deviation.isEmpty()) {
        channel.divi(deviation.get(c));
      }
    }
    return result;
  }

  private static void requireOnePerChannel(String name, List<Double> values, INDArray pixels) {
    if (!values.isEmpty() && values.size() != pixels.size(1)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The preprocessing has %d %s %s, but images of shape %s have %d channels.",
              values.size(),
              name,
              values,
              Arrays.toString(pixels.shape()),
              pixels.size(1)));
    }
  }

  private INDArray ordered(INDArray pixels) {
    if (!bgr) {
      return pixels.dup('c');
    }
    if (pixels.rank() != 4 || pixels.size(1) != 3) {
      throw new IllegalArgumentException(
          "A BGR network takes images of 3 channels, not " + pixels.shapeInfoToString());
    }
    INDArray reversed = Nd4j.createUninitialized(pixels.dataType(), pixels.shape(), 'c');
    for (int c = 0; c < 3; c++) {
      reversed
          .get(NDArrayIndex.all(), NDArrayIndex.point(2 - c))
          .assign(pixels.get(NDArrayIndex.all(), NDArrayIndex.point(c)));
    }
    return reversed;
  }
}

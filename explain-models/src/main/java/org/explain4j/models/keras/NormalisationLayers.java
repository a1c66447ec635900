package org.explain4j.models.keras;

import static org.explain4j.models.keras.LayerCall.require;

import java.util.Arrays;
import java.util.List;
import org.explain4j.network.Affine;
import org.explain4j.network.Normalisation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Layers that scale and shift each channel, some by statistics of the example. */
final class NormalisationLayers {
  /** Keras' {@code backend.epsilon()}, the least deviation that it divides by. */
  private static final double LEAST_DEVIATION = 1e-7;

  private NormalisationLayers() {}

  /** With the statistics of training. */
  static Tensor batchNormalisation(LayerCall call) {
    LayerConfig settings = call.settings();
    require(
        !call.training() && settings.number(0, "mode") != 1,
        "It normalises by the current batch; only the statistics of training are supported.");
    List<Integer> axes = settings.integers("axis");
    require(axes.size() <= 1, "Only one axis is supported, not %s.", axes);
    int axis = MergeLayers.axis(axes.isEmpty() ? -1 : axes.get(0), call.input(), call);
    int channels = Math.toIntExact(call.shape().get(axis));
    double[] mean = numbers(call, Variable.MOVING_MEAN, channels);
    double[] variance = numbers(call, Variable.MOVING_VARIANCE, channels);
    double epsilon = settings.number(1e-3, "epsilon");
    double[] scale = filled(channels, 1);
    double[] shift = filled(channels, 0);
    if (call.has(Variable.GAMMA)) {
      scale = numbers(call, Variable.GAMMA, channels);
    }
    if (call.has(Variable.BETA)) {
      shift = numbers(call, Variable.BETA, channels);
    }
    for (int c = 0; c < channels; c++) {
      require(variance[c] + epsilon > 0, "Its variance %s is not positive.", variance[c]);
      scale[c] /= Math.sqrt(variance[c] + epsilon);
      shift[c] -= scale[c] * mean[c];
    }
    return affine(call, axis, scale, shift);
  }

  /** Over one axis, for each place on the others. */
  static Tensor layerNormalisation(LayerCall call) {
    List<Integer> axes = call.settings().integers("axis");
    require(
        axes.size() <= 1 && !call.settings().flag(false, "rms_scaling"),
        "Only the normalisation over one axis is supported, not over %s.",
        axes);
    int axis = MergeLayers.axis(axes.isEmpty() ? -1 : axes.get(0), call.input(), call);
    double epsilon = call.settings().number(1e-3, "epsilon");
    return normalised(call, axis, new Normalisation(new Normalisation.Channels(epsilon)));
  }

  static Tensor groupNormalisation(LayerCall call) {
    List<Integer> axes = call.settings().integers("axis");
    int axis = MergeLayers.axis(axes.isEmpty() ? -1 : axes.get(0), call.input(), call);
    int channels = Math.toIntExact(call.shape().get(axis));
    int groups = call.settings().integers("groups").stream().findFirst().orElse(32);
    double epsilon = call.settings().number(1e-3, "epsilon");
    return normalised(
        call,
        axis,
        new Normalisation(new Normalisation.Groups(groups == -1 ? channels : groups, epsilon)));
  }

  private static Tensor normalised(LayerCall call, int axis, Normalisation normalisation) {
    call.input().plain();
    int channels = Math.toIntExact(call.shape().get(axis));
    Tensor ready =
        call.input()
            .arranged(call.assembly(), MergeLayers.leading(axis, call.input()), call.name());
    String node = call.assembly().add(call.name() + ".normalised", normalisation, ready.node());
    double[] scale =
        call.has(Variable.GAMMA) ? numbers(call, Variable.GAMMA, channels) : filled(channels, 1);
    double[] shift =
        call.has(Variable.BETA) ? numbers(call, Variable.BETA, channels) : filled(channels, 0);
    return call.add(
        new Affine(
            Nd4j.createFromArray(scale).castTo(DataType.FLOAT),
            Nd4j.createFromArray(shift).castTo(DataType.FLOAT)),
        Tensor.of(node, ready.order()));
  }

  static Tensor rescaling(LayerCall call) {
    int last = call.input().rank() - 1;
    int channels = Math.toIntExact(call.shape().get(last));
    return affine(
        call,
        last,
        broadcast("scale", call.settings().numbers("scale"), channels, 1),
        broadcast("offset", call.settings().numbers("offset"), channels, 0));
  }

  static Tensor normalisation(LayerCall call) {
    LayerConfig settings = call.settings();
    List<Integer> axes = settings.integers("axis");
    require(axes.size() <= 1, "Only one axis is supported, not %s.", axes);
    int axis = MergeLayers.axis(axes.isEmpty() ? -1 : axes.get(0), call.input(), call);
    int channels = Math.toIntExact(call.shape().get(axis));
    double[] mean;
    double[] variance;
    if (settings.has("mean")) {
      mean = broadcast("mean", settings.numbers("mean"), channels, 0);
      variance = broadcast("variance", settings.numbers("variance"), channels, 1);
    } else {
      long[] shape = axes.isEmpty() ? new long[0] : new long[] {channels};
      mean = broadcast(call.weight(Variable.MEAN, shape), channels);
      variance = broadcast(call.weight(Variable.VARIANCE, shape), channels);
    }
    boolean invert = settings.flag(false, "invert");
    double[] scale = new double[channels];
    double[] shift = new double[channels];
    for (int c = 0; c < channels; c++) {
      double deviation = Math.max(Math.sqrt(variance[c]), LEAST_DEVIATION);
      scale[c] = invert ? deviation : 1 / deviation;
      shift[c] = invert ? mean[c] : -mean[c] / deviation;
    }
    return affine(call, axis, scale, shift);
  }

  private static Tensor affine(LayerCall call, int axis, double[] scale, double[] shift) {
    String node = call.input().plain();
    if (Arrays.stream(scale).distinct().count() == 1
        && Arrays.stream(shift).distinct().count() == 1) { // the same on every axis
      String same = call.assembly().addAffine(call.name(), scale[0], shift[0], node);
      return Tensor.of(same, call.input().order());
    }
    Tensor ready =
        call.input()
            .arranged(call.assembly(), MergeLayers.leading(axis, call.input()), call.name());
    return call.add(
        new Affine(
            Nd4j.createFromArray(scale).castTo(DataType.FLOAT),
            Nd4j.createFromArray(shift).castTo(DataType.FLOAT)),
        ready);
  }

  private static double[] numbers(LayerCall call, String variable, int channels) {
    return call.weight(variable, channels).toDoubleVector();
  }

  private static double[] broadcast(INDArray array, int channels) {
    return broadcast(
        "array", Arrays.stream(array.ravel().toDoubleVector()).boxed().toList(), channels, 0);
  }

  private static double[] broadcast(
      String name, List<Double> numbers, int channels, double otherwise) {
    require(
        numbers.size() <= 1 || numbers.size() == channels,
        "Its %s has %d numbers for %d channels.",
        name,
        numbers.size(),
        channels);
    double[] all = filled(channels, numbers.isEmpty() ? otherwise : numbers.get(0));
    for (int c = 0; c < channels && numbers.size() > 1; c++) {
      all[c] = numbers.get(c);
    }
    return all;
  }

  private static double[] filled(int count, double value) {
    double[] all = new double[count];
    Arrays.fill(all, value);
    return all;
  }
}

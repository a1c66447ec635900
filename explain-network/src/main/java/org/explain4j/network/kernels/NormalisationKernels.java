package org.explain4j.network.kernels;

import org.explain4j.network.Normalisation.Channels;
import org.explain4j.network.Normalisation.Groups;
import org.explain4j.network.Normalisation.Statistics;
import org.explain4j.network.arrays.Buffers;
import org.explain4j.network.arrays.Planes;
import org.explain4j.network.arrays.Planes.Plane;
import org.explain4j.network.arrays.Workers;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@code c / sqrt(mean(c^2) + epsilon)} with {@code c = x - mean(x)} over sets of numbers. */
public final class NormalisationKernels {
  private NormalisationKernels() {}

  /** Sets of an example's numbers: {@code count} of {@code size}, {@code step} places apart. */
  private record Sets(int count, int size, int step, double epsilon) {
    static Sets of(Statistics statistics, INDArray batch) {
      int all = Math.toIntExact(batch.length() / batch.size(0));
      if (statistics instanceof Groups groups) {
        return new Sets(groups.groups(), all / groups.groups(), 1, groups.epsilon());
      }
      int channels = Math.toIntExact(batch.size(1));
      return new Sets(all / channels, channels, all / channels, ((Channels) statistics).epsilon());
    }

    int place(int set, int i) {
      return step == 1 ? set * size + i : set + i * step;
    }

    double mean(Plane x, int set) {
      double sum = 0;
      for (int i = 0; i < size; i++) {
        sum += x.get(place(set, i));
      }
      return sum / size;
    }

    /** The factor {@code 1 / sqrt(variance + epsilon)}. */
    double factor(Plane x, int set, double mean) {
      double sum = 0;
      for (int i = 0; i < size; i++) {
        double centred = x.get(place(set, i)) - mean;
        sum += centred * centred;
      }
      return 1 / Math.sqrt(sum / size + epsilon);
    }
  }

  public static INDArray forward(INDArray input, Statistics statistics) {
    Sets sets = Sets.of(statistics, input);
    return each(
        new INDArray[] {input},
        (planes, out) -> {
          for (int set = 0; set < sets.count(); set++) {
            double mean = sets.mean(planes[0], set);
            double factor = sets.factor(planes[0], set, mean);
            for (int i = 0; i < sets.size(); i++) {
              int place = sets.place(set, i);
              out.set(place, (planes[0].get(place) - mean) * factor);
            }
          }
        });
  }

  public static INDArray factors(INDArray input, Statistics statistics) {
    Sets sets = Sets.of(statistics, input);
    return each(
        new INDArray[] {input},
        (planes, out) -> {
          for (int set = 0; set < sets.count(); set++) {
            double factor = sets.factor(planes[0], set, sets.mean(planes[0], set));
            for (int i = 0; i < sets.size(); i++) {
              out.set(sets.place(set, i), factor);
            }
          }
        });
  }

  public static INDArray secant(
      INDArray input, INDArray reference, INDArray gradient, Statistics statistics) {
    Sets sets = Sets.of(statistics, input);
    return each(
        new INDArray[] {input, reference, gradient},
        (planes, out) -> {
          for (int set = 0; set < sets.count(); set++) {
            secant(sets, set, planes, out);
          }
        });
  }

  private static void secant(Sets sets, int set, Plane[] planes, Plane out) {
    Plane x = planes[0];
    Plane reference = planes[1];
    Plane g = planes[2];
    double mean = sets.mean(x, set);
    double otherMean = sets.mean(reference, set);
    double factor = sets.factor(x, set, mean);
    double otherFactor = sets.factor(reference, set, otherMean);
    double sum = 0;
    for (int i = 0; i < sets.size(); i++) {
      int place = sets.place(set, i);
      sum += g.get(place) * (x.get(place) - mean + reference.get(place) - otherMean) / 2;
    }
    // the slope of 1 / sqrt(v + epsilon) between two variances, without their difference
    double product = factor * otherFactor;
    double squares = -sum * product * product / (factor + otherFactor) / sets.size();
    double total = 0;
    for (int i = 0; i < sets.size(); i++) {
      int place = sets.place(set, i);
      double centres = x.get(place) - mean + reference.get(place) - otherMean;
      double message = g.get(place) * (factor + otherFactor) / 2 + squares * centres;
      total += message;
      out.set(place, message);
    }
    subtract(sets, set, total / sets.size(), out);
  }

  public static INDArray detached(INDArray input, INDArray gradient, Statistics statistics) {
    Sets sets = Sets.of(statistics, input);
    return each(
        new INDArray[] {input, gradient},
        (planes, out) -> {
          for (int set = 0; set < sets.count(); set++) {
            double factor = sets.factor(planes[0], set, sets.mean(planes[0], set));
            double total = 0;
            for (int i = 0; i < sets.size(); i++) {
              int place = sets.place(set, i);
              double message = planes[1].get(place) * factor;
              total += message;
              out.set(place, message);
            }
            subtract(sets, set, total / sets.size(), out);
          }
        });
  }

  /** The transpose of centring, which is centring. */
  private static void subtract(Sets sets, int set, double mean, Plane out) {
    for (int i = 0; i < sets.size(); i++) {
      int place = sets.place(set, i);
      out.set(place, out.get(place) - mean);
    }
  }

  /** What is done with one example of each array. */
  @FunctionalInterface
  interface Kernel {
    void apply(Plane[] planes, Plane out);
  }

  static INDArray each(INDArray[] arrays, Kernel kernel) {
    INDArray result = Buffers.uninitialized(arrays[0], arrays[0].shape());
    int length = Math.toIntExact(result.length() / result.size(0));
    Planes[] sources = new Planes[arrays.length];
    for (int i = 0; i < arrays.length; i++) {
      sources[i] = Planes.reading(arrays[i], length);
    }
    Planes out = Planes.writing(result, length);
    Workers.run(
        result.size(0),
        length,
        (from, to) -> {
          Plane[] planes = new Plane[sources.length];
          for (int i = 0; i < planes.length; i++) {
            planes[i] = sources[i].plane();
          }
          Plane target = out.plane();
          for (int example = from; example < to; example++) {
            for (Plane plane : planes) {
              plane.load(example);
            }
            kernel.apply(planes, target);
            target.store(example);
          }
        });
    return out.written();
  }
}

package org.explain4j.api;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.explain4j.network.Classifier;
import org.explain4j.network.Network;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Judges how well attributions describe the network. */
public interface Metric extends Extension {

  /** What the metric tests: {@code degradation}, {@code robustness}, ... */
  String family();

  /** Evaluates a batch of attributions. */
  Result evaluate(Evaluation evaluation);

  /**
   * The results that an explanation without any information would reach, if the metric has such a
   * baseline: one for each of several random seeds, with the names of {@link #evaluate}'s scores
   * and curves (those that make sense for it) and a value per example. Methods are compared with
   * the baseline's means over the seeds, on the same examples. An example's values depend on the
   * example and the seed, not on the batch.
   *
   * @return the same number of results for any inputs; none if there is no such baseline
   */
  default List<Result> baseline(Images images) {
    return List.of();
  }

  /**
   * Whether an example's values depend on the other examples, so that all must be evaluated as one
   * batch.
   */
  default boolean isOfSet() {
    return false;
  }

  /** Whether it needs {@link Known#masks}. Without any it is not run. */
  default boolean needsMasks() {
    return false;
  }

  /** What evaluating one example of one method costs. */
  default Cost cost(Classifier classifier) {
    return new Cost(0, 0);
  }

  /**
   * Work for one example. What methods share is counted for each of them.
   *
   * @param forwards passes of an example, or of a variant of it, through the network
   * @param explanations of an example, or of a variant of it, by the method that is judged
   */
  record Cost(double forwards, double explanations) {}

  /**
   * What is explained.
   *
   * @param classifier a {@link Network}, or a black box
   * @param inputs {@code [n,c,h,w]} or {@code [n,d]}
   * @param classes the explained class of each input
   */
  record Images(Classifier classifier, INDArray inputs, int[] classes, Known known, Shared shared) {

    /** Inputs of which nothing else is known. */
    public Images(Classifier classifier, INDArray inputs, int[] classes) {
      this(classifier, inputs, classes, Known.NOTHING, new Shared());
    }
  }

  /**
   * What the data know of the inputs.
   *
   * @param masks {@code [n,h,w]}: 1 where the object is, 0 elsewhere; NaN for an example without a
   *     mask
   * @param reference examples of the training data {@code [n,c,h,w]}
   */
  record Known(Optional<INDArray> masks, Optional<Supplier<INDArray>> reference) {
    public static final Known NOTHING = new Known(Optional.empty(), Optional.empty());
  }

  /**
   * A method's explanations.
   *
   * @param attributor the method
   * @param attributions of the images, of their shape
   * @param rebinding the method on other networks
   */
  record Explained(Attributor attributor, INDArray attributions, Rebinding rebinding) {}

  /** What is judged. */
  record Evaluation(Images images, Explained explained) {

    /** Explanations of images of which nothing else is known. */
    public Evaluation(
        Classifier classifier,
        INDArray inputs,
        int[] classes,
        Attributor attributor,
        INDArray attributions) {
      this(
          new Images(classifier, inputs, classes),
          new Explained(attributor, attributions, Rebinding.none()));
    }

    /** A {@link Network}, or a black box. */
    public Classifier classifier() {
      return images.classifier;
    }

    /** {@code [n,c,h,w]} or {@code [n,d]}. */
    public INDArray inputs() {
      return images.inputs;
    }

    /** The explained class of each input. */
    public int[] classes() {
      return images.classes;
    }

    /** The method. */
    public Attributor attributor() {
      return explained.attributor;
    }

    /** The method's attributions of the inputs, of their shape. */
    public INDArray attributions() {
      return explained.attributions;
    }

    /**
     * The classifier as a network, for metrics that look into its layers.
     *
     * @throws IllegalArgumentException if it is a black box
     */
    public Network network() {
      return Network.of(classifier());
    }
  }

  /**
   * What a metric found out about images that is the same for every method, such as the network's
   * outputs without each single pixel: computed once for all methods.
   */
  final class Shared {
    private final Map<Object, Object> known = new HashMap<>();

    /**
     * What was computed for this key, or else what is computed now.
     *
     * @param key equal for equal questions, such as a record of all that the answer depends on
     * @param question not null
     */
    @SuppressWarnings("unchecked") // whoever has the key knows the type
    public synchronized <T> T once(Object key, Supplier<T> question) {
      Object answer = known.get(key);
      if (answer == null) {
        answer = question.get();
        known.put(key, answer);
      }
      return (T) answer;
    }
  }

  /** Binds a method anew, to a network that is not the one of the experiment. */
  @FunctionalInterface
  interface Rebinding {

    /** Where the patterns of a changed network come from. */
    enum PatternUse {
      /** They are those of the unchanged network. */
      KEPT,
      /** They are estimated again, from the examples of split A. */
      ESTIMATED
    }

    /**
     * The method on another network of the same nodes and shapes.
     *
     * @throws NoDataException if patterns have to be estimated and there is nothing to estimate
     *     from
     */
    Attributor bind(Network network, PatternUse patterns);

    /** That of a method which is known as an {@link Explainer}, with its patterns. */
    static Rebinding of(Explainer explainer, Subject subject) {
      return (network, use) -> {
        if (use == PatternUse.ESTIMATED) {
          throw new NoDataException(
              "Patterns of a changed network need data.\nMaybe set patterns to kept.");
        }
        return explainer.bind(new Subject(network, subject.patterns(), subject.reference()));
      };
    }

    /** That of a method which cannot be bound anew. */
    static Rebinding none() {
      return (network, use) -> {
        throw new NoDataException("This method is bound to one network only.");
      };
    }
  }

  /** What a metric found. */
  record Result(List<Score> scores, List<Curve> curves) {
    public Result {
      scores = List.copyOf(scores);
      curves = List.copyOf(curves);
    }
  }

  /**
   * A number per example.
   *
   * @param name kebab-case, unique in the metric
   * @param margin above 0: methods whose means differ by less are equal in practice
   */
  record Score(String name, Direction direction, double margin, double[] values) {
    private static final double MARGIN = 0.02;

    /** A score between 0 and 1, such as a probability, with a margin of 0.02. */
    public Score(String name, Direction direction, double[] values) {
      this(name, direction, MARGIN, values);
    }

    public Score {
      if (!(margin > 0)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "The margin (%s) of score '%s' must be above 0.", margin, name));
      }
    }
  }

  /**
   * A curve per example.
   *
   * @param name kebab-case, unique in the metric
   * @param x values of the abscissa, the same for all examples
   * @param values {@code [example][point]}
   */
  record Curve(String name, String xLabel, String yLabel, double[] x, double[][] values) {}

  /** Which values are better. */
  enum Direction {
    LOWER_IS_BETTER,
    HIGHER_IS_BETTER
  }

  /** Remarks on the metric's settings that a report prints beside the numbers, by keyword. */
  default Map<String, String> notes(Classifier classifier) {
    return Map.of();
  }
}

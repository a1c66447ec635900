package org.explain4j.api;

import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.explain4j.network.Classifier;
import org.explain4j.network.Network;
import org.explain4j.network.propagation.Composite;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An explainer bound to a network; safe for repeated use. */
@FunctionalInterface
public interface Attributor {

  /**
   * Explains one class per example. A batch of n gives the same as n batches of one.
   *
   * @param inputs {@code [n,c,h,w]} or {@code [n,d]}; not changed
   * @param classes the class to explain for each example
   * @return attributions of the inputs' shape; an example whose numbers exceed the network's type
   *     is divided by its largest absolute value ({@link #explain} says which)
   * @throws IllegalArgumentException if a class does not exist
   */
  INDArray attribute(INDArray inputs, int[] classes);

  /**
   * As {@link #attribute}, with remarks on single examples; also a pure function, so any number of
   * threads may call it.
   */
  default Attributions explain(INDArray inputs, int[] classes) {
    return Attributions.of(attribute(inputs, classes));
  }

  /** An attributor that makes remarks on single examples. */
  static Attributor explaining(BiFunction<INDArray, int[], Attributions> method) {
    return new Attributor() {
      @Override
      public INDArray attribute(INDArray inputs, int[] classes) {
        return explain(inputs, classes).values();
      }

      @Override
      public Attributions explain(INDArray inputs, int[] classes) {
        return method.apply(inputs, classes);
      }
    };
  }

  /** A method that is one backward pass by a table of rules. */
  static Propagation of(Network network, Composite composite, Start start) {
    return new Propagation(network, composite, start, false);
  }

  /**
   * A method that works on examples as Java numbers, usually on many variants of each.
   *
   * @param method maps a batch of examples to their attributions, in the order of the examples'
   *     values
   */
  static Attributor of(Classifier classifier, Function<ExampleBatch, double[]> method) {
    return (inputs, classes) ->
        inBatches(
            classifier,
            inputs,
            classes,
            (batch, asked) -> {
              ExampleBatch examples = ExampleBatch.of(classifier, batch, asked);
              return examples.array(method.apply(examples));
            });
  }

  /**
   * Explains a batch at a time, so that memory does not grow with the number of examples.
   *
   * @param attributor is given at most {@link Classifier#batchSize} examples at a time
   * @throws IllegalArgumentException if there is not one existing class per example
   */
  static INDArray inBatches(
      Classifier classifier, INDArray inputs, int[] classes, Attributor attributor) {
    return Attributions.inBatches(classifier, inputs, classes, attributor::explain).values();
  }

  /**
   * @throws IllegalArgumentException if there is not one existing class per example
   */
  static void check(Classifier classifier, INDArray inputs, int[] classes) {
    if (classes.length != inputs.size(0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "There are %d inputs but %d classes to explain; give one per input.",
              inputs.size(0),
              classes.length));
    }
    long count = classifier.classes();
    for (int c : classes) {
      if (c < 0 || c >= count) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "Class %d does not exist: the network has classes 0 to %d.",
                c,
                count - 1));
      }
    }
  }
}

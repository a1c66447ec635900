package org.explain4j.api;

import java.util.Arrays;
import java.util.function.Function;
import org.explain4j.network.Batches;
import org.explain4j.network.Classifier;
import org.explain4j.network.Network;
import org.explain4j.network.propagation.Composite;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** An explainer bound to a network; safe for repeated use. */
@FunctionalInterface
public interface Attributor {

  /**
   * Explains one class per example. A batch of n gives what n batches of one give.
   *
   * @param inputs {@code [n,c,h,w]} or {@code [n,d]}; left as they are
   * @param classes the class to explain for each example
   * @return attributions of the inputs' shape
   * @throws IllegalArgumentException if a class does not exist
   */
  INDArray attribute(INDArray inputs, int[] classes);

  /** A method that is one backward pass by a table of rules. */
  static Propagation of(Network network, Composite composite, Start start) {
    return new Propagation(network, composite, start, false);
  }

  /**
   * A method that works on examples as Java numbers, most on many variants of each.
   *
   * @param method maps some examples to their attributions, in the order of their values
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
   * @param attributor takes at most {@link Classifier#batchSize} examples
   * @throws IllegalArgumentException if there is not one existing class per example
   */
  static INDArray inBatches(
      Classifier classifier, INDArray inputs, int[] classes, Attributor attributor) {
    check(classifier, inputs, classes);
    int size = classifier.batchSize();
    if (classes.length <= size) {
      return attributor.attribute(inputs, classes);
    }
    INDArray result = Nd4j.createUninitialized(classifier.dataType(), inputs.shape(), 'c');
    for (int from = 0; from < classes.length; from += size) {
      int to = Math.min(classes.length, from + size);
      try (INDArray batch = Batches.slice(inputs, from, to);
          INDArray part = attributor.attribute(batch, Arrays.copyOfRange(classes, from, to))) {
        result.get(NDArrayIndex.interval(from, to)).assign(part);
      }
    }
    return result;
  }

  private static void check(Classifier classifier, INDArray inputs, int[] classes) {
    if (classes.length != inputs.size(0)) {
      throw new IllegalArgumentException(
          "There are %d inputs but %d classes to explain; give one per input."
              .formatted(inputs.size(0), classes.length));
    }
    long count = classifier.classes();
    for (int c : classes) {
      if (c < 0 || c >= count) {
        throw new IllegalArgumentException(
            "Class %d does not exist: the network has classes 0 to %d.".formatted(c, count - 1));
      }
    }
  }
}

package org.explain4j.methods.masking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.explain4j.network.Activations;
import org.explain4j.network.Network;
import org.explain4j.network.arrays.Batches;
import org.explain4j.network.training.CosineAdam;
import org.explain4j.network.training.Shuffle;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Trains a masking model with {@link CosineAdam} on examples whose predicted class is the one
 * shown. As in the authors' code, the mask of 3 in 10 examples is for another class, drawn at
 * random.
 *
 * @param epochs passes over the examples
 * @param batch examples per step
 * @param learningRate of the first step
 * @param seed at least 1
 */
public record MaskingTraining(
    int epochs, int batch, double learningRate, MaskingLoss loss, long seed) {
  private static final double ABSENT = 0.3;

  /** A batch with the class of each mask. */
  record Step(MaskingLoss.Batch batch, int[] classes) {}

  /**
   * Trains a model for a network.
   *
   * @param channels of its levels
   * @param references examples {@code [n,c,h,w]}
   */
  public MaskingModel model(Network network, int channels, INDArray references) {
    FeatureMaps features = FeatureMaps.of(network, references);
    MaskingModel model = MaskingModel.initial(features, channels, new SplittableRandom(-seed));
    run(model, references);
    return model;
  }

  /**
   * Trains a model in place.
   *
   * @param references examples {@code [n,c,h,w]}
   * @return the mean loss of each epoch
   */
  List<Double> run(MaskingModel model, INDArray references) {
    SplittableRandom random = new SplittableRandom(seed);
    Alternatives alternatives = Alternatives.of(references);
    int count = (int) references.size(0);
    int steps = (count + batch - 1) / batch;
    CosineAdam adam = new CosineAdam(model.parameters(), learningRate, (long) steps * epochs);
    List<Double> losses = new ArrayList<>();
    for (int epoch = 0; epoch < epochs; epoch++) {
      int[] order = Shuffle.order(count, random);
      double sum = 0;
      for (int step = 0; step < steps; step++) {
        int[] rows = Arrays.copyOfRange(order, step * batch, Math.min(count, (step + 1) * batch));
        List<INDArray> gradients = new ArrayList<>();
        Step examples = step(model, references, rows, alternatives, random);
        sum += rows.length * gradients(model, examples, gradients);
        adam.step(gradients);
        examples.batch().images().close();
        examples.batch().alternatives().close();
      }
      losses.add(sum / count);
    }
    return losses;
  }

  private static Step step(
      MaskingModel model,
      INDArray references,
      int[] rows,
      Alternatives alternatives,
      SplittableRandom random) {
    Network network = model.features().network();
    INDArray images = rows(references, rows).castTo(network.dataType());
    int[] shown = network.predict(images);
    int[] classes = shown.clone();
    boolean[] present = new boolean[rows.length];
    int others = (int) network.classes() - 1;
    for (int i = 0; i < rows.length; i++) {
      present[i] = others == 0 || random.nextDouble() >= ABSENT;
      if (!present[i]) {
        classes[i] = (shown[i] + 1 + random.nextInt(others)) % (others + 1);
      }
    }
    INDArray instead = alternatives.of(images, random);
    return new Step(new MaskingLoss.Batch(images, instead, shown, present), classes);
  }

  /** The loss of a batch; adds its gradients in the model's parameters. */
  double gradients(MaskingModel model, Step step, List<INDArray> gradients) {
    Network network = model.features().network();
    try (Activations activations = network.forward(step.batch().images());
        MaskingPass pass = model.run(activations, step.classes())) {
      MaskingLoss.Value value = loss.of(network, step.batch(), pass.mask());
      INDArray ofMatch = pass.match().ulike();
      double existence = existence(pass.match(), step.batch().present(), ofMatch);
      gradients.addAll(pass.gradients(value.gradient(), ofMatch));
      return value.loss() + existence;
    }
  }

  /** Cross-entropy of whether the class is shown, by the mean match, as in the authors' code. */
  private static double existence(INDArray match, boolean[] present, INDArray gradient) {
    double loss = 0;
    long places = match.length() / present.length;
    try (INDArray means = match.mean(1, 2, 3);
        INDArray probabilities = Transforms.sigmoid(means, true)) {
      for (int i = 0; i < present.length; i++) {
        double p = probabilities.getDouble(i);
        loss -= Math.log(Math.max(present[i] ? p : 1 - p, Double.MIN_NORMAL));
        double slope = (p - (present[i] ? 1 : 0)) / (places * (double) present.length);
        gradient.slice(i).assign(slope);
      }
    }
    return loss / present.length;
  }

  private static INDArray rows(INDArray references, int[] rows) {
    INDArray[] examples = new INDArray[rows.length];
    for (int i = 0; i < rows.length; i++) {
      examples[i] = Batches.slice(references, rows[i], rows[i] + 1);
    }
    return Nd4j.concat(0, examples);
  }
}

package org.explain4j.methods.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.explain4j.network.Network;
import org.explain4j.testkit.Networks;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class MaskingTrainingTest {
  private static final MaskingLoss LOSS = new MaskingLoss(1e-3, 10, 5, 0.3);
  private static final MaskingTraining TRAINING = new MaskingTraining(10, 8, 0.01, LOSS, 1);

  private static Network network(String name) {
    return name.equals("graph") ? Networks.graph() : Networks.convolutional();
  }

  private static MaskingModel initial(Network network, INDArray references) {
    FeatureMaps features = FeatureMaps.of(network, references);
    return MaskingModel.initial(features, 3, new SplittableRandom(5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"convolutional", "graph"})
  void gradientsAreThoseOfTheLoss(String name) {
    Network network = network(name);
    INDArray images = Networks.inputs(network, 4, 7);
    MaskingModel model = initial(network, images);
    model.embedding().assign(Networks.normal(6, model.embedding().shape()));
    MaskingLoss.Batch batch =
        new MaskingLoss.Batch(
            images,
            Networks.inputs(network, 4, 8),
            new int[] {0, 1, 2, 0},
            new boolean[] {true, true, false, true});
    MaskingTraining.Step step = new MaskingTraining.Step(batch, new int[] {0, 1, 0, 0});
    List<INDArray> gradients = new ArrayList<>();
    TRAINING.gradients(model, step, gradients);
    List<INDArray> parameters = model.parameters();
    assertThat(gradients).hasSameSizeAs(parameters);
    for (int p = 0; p < parameters.size(); p++) {
      INDArray values = parameters.get(p);
      assertThat(gradients.get(p).shape()).isEqualTo(values.shape());
      INDArray flat = gradients.get(p).dup('c');
      for (long i = 0; i < values.length(); i += Math.max(1, values.length() / 4)) {
        double expected = slope(model, step, values, i);
        assertThat(flat.data().getDouble(i)).as("%d %d", p, i).isEqualTo(expected, within(1e-6));
      }
    }
  }

  private static double slope(
      MaskingModel model, MaskingTraining.Step step, INDArray values, long i) {
    double at = values.data().getDouble(i);
    double h = 1e-5;
    values.data().put(i, at + h);
    double above = TRAINING.gradients(model, step, new ArrayList<>());
    values.data().put(i, at - h);
    double below = TRAINING.gradients(model, step, new ArrayList<>());
    values.data().put(i, at);
    return (above - below) / (2 * h);
  }

  @ParameterizedTest
  @ValueSource(strings = {"convolutional", "graph"})
  void theLossFallsAndMasksStayBetweenNoneAndAll(String name) {
    Network network = network(name).cast(DataType.FLOAT);
    INDArray images = Networks.inputs(network, 24, 7);
    MaskingModel model = initial(network, images);
    List<Double> losses = TRAINING.run(model, images);
    assertThat(losses.get(9)).isLessThan(0.8 * losses.get(0));
    INDArray masks = model.masks(images, network.predict(images));
    assertThat(masks.shape()).isEqualTo(new long[] {24, 1, 8, 8});
    assertThat(masks.minNumber().doubleValue()).isNotNegative();
    assertThat(masks.maxNumber().doubleValue()).isLessThanOrEqualTo(1);
  }
}

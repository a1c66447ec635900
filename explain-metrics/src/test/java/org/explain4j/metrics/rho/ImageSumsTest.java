package org.explain4j.metrics.rho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.explain4j.api.ImageSums;
import org.explain4j.api.ImageSumsPass;
import org.explain4j.api.Patterns;
import org.explain4j.api.RegressionTarget;
import org.explain4j.api.Rho;
import org.explain4j.api.SignalQuality.Question;
import org.explain4j.network.Convolution;
import org.explain4j.network.Dense;
import org.explain4j.network.Window;
import org.explain4j.network.moments.LayerMoments;
import org.explain4j.network.moments.LayerSamples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class ImageSumsTest {
  private static final int IMAGES = 30;
  private final INDArray images = normal(1, IMAGES * 2 * 36).reshape('c', IMAGES, 2, 6, 6);
  private final Convolution layer =
      new Convolution(
          normal(2, 3 * 18).reshape('c', 3, 2, 3, 3), normal(3, 3), Window.square(3).pad(1));

  private static INDArray normal(long seed, int length) {
    return SyntheticLayer.gaussian(new SplittableRandom(seed), 1, length).reshape(length);
  }

  private Patterns twoComponent() {
    LayerMoments moments = LayerMoments.of(layer, true);
    moments.addSamples(layer.patches(images.get(NDArrayIndex.interval(0, 9)).dup('c')));
    return SyntheticLayer.twoComponent(moments, RegressionTarget.PRE);
  }

  /** rho from every sample's residual, image by image as drawn. */
  private double brute(Question question, INDArray v, int j, int... drawn) {
    double[] w = layer.weights().reshape('c', 3, 18).getRow(j).toDoubleVector();
    double[] plus = question.patterns().positive().reshape('c', 3, 18).getRow(j).toDoubleVector();
    double[] minus = question.patterns().negative().reshape('c', 3, 18).getRow(j).toDoubleVector();
    double[] regression = v.getRow(j).toDoubleVector();
    List<Double> t = new ArrayList<>();
    List<Double> p = new ArrayList<>();
    for (int image : drawn) {
      INDArray one = images.get(NDArrayIndex.interval(image, image + 1)).dup('c');
      for (double[] x : layer.patches(one).toDoubleMatrix()) {
        double z = 0;
        for (int i = 0; i < 18; i++) {
          z += w[i] * x[i];
        }
        double y = z + layer.bias().getDouble(j);
        double sum = 0;
        for (int i = 0; i < 18; i++) {
          sum += regression[i] * (x[i] - (y > 0 ? plus[i] : minus[i]) * z);
        }
        t.add(question.target() == RegressionTarget.PRE ? y : Math.max(y, 0));
        p.add(sum);
      }
    }
    return 1 - new PearsonsCorrelation().correlation(array(p), array(t));
  }

  private static double[] array(List<Double> list) {
    return list.stream().mapToDouble(d -> d).toArray();
  }

  @ParameterizedTest
  @EnumSource
  void equalARecomputationSampleBySample(RegressionTarget target) {
    Question question = new Question(twoComponent(), target);
    INDArray v = normal(7, 54).reshape('c', 3, 18);
    ImageSumsPass pass = ImageSumsPass.ofResidual(layer, question, v, 100);
    ImageSumsPass.add(List.of(pass), images.get(NDArrayIndex.interval(0, 13)));
    ImageSumsPass.addSamples(
        List.of(pass), layer.patches(images.get(NDArrayIndex.interval(13, IMAGES)).dup('c')), 36);
    ImageSums sums = pass.sums();
    assertThat(sums.groups()).isEqualTo(IMAGES);
    int[] all = IntStream.range(0, IMAGES).toArray();
    int[] some = {4, 17, 17, 29};
    double[][] drawn = Arrays.stream(some).mapToObj(i -> sums.sums()[i]).toArray(double[][]::new);
    for (int j = 0; j < 3; j++) {
      assertThat(sums.rho()[j]).isCloseTo(brute(question, v, j, all), within(1e-10));
      assertThat(new ImageSums(drawn).rho()[j])
          .isCloseTo(brute(question, v, j, some), within(1e-10));
    }
  }

  @Test
  void resamplesAreSumsOfDrawnImagesAlikeForAllEstimators() {
    Question question = new Question(twoComponent(), RegressionTarget.PRE);
    INDArray v = normal(7, 54).reshape('c', 3, 18);
    ImageSumsPass pass = ImageSumsPass.ofResidual(layer, question, v, 100);
    ImageSumsPass.add(List.of(pass), images);
    double[][] resampled = pass.sums().resampled(4, 5);
    SplittableRandom random = new SplittableRandom(5);
    for (double[] rho : resampled) {
      int[] drawn = random.ints(IMAGES, 0, IMAGES).toArray();
      for (int j = 0; j < 3; j++) {
        assertThat(rho[j]).isCloseTo(brute(question, v, j, drawn), within(1e-10));
      }
    }
  }

  @Test
  void groupsOfImagesAreDrawnAsAWhole() {
    Question question = new Question(twoComponent(), RegressionTarget.POST);
    INDArray v = normal(7, 54).reshape('c', 3, 18);
    ImageSumsPass pass = ImageSumsPass.ofResidual(layer, question, v, 7);
    ImageSumsPass.add(List.of(pass), images.get(NDArrayIndex.interval(0, 4)));
    ImageSumsPass.add(List.of(pass), images.get(NDArrayIndex.interval(4, IMAGES)));
    assertThat(pass.sums().groups()).isEqualTo(7);
    double[] third = pass.sums().sums()[3];
    assertThat(new ImageSums(new double[][] {third}).rho()[1])
        .isCloseTo(brute(question, v, 1, 3, 10, 17, 24), within(1e-10));
    assertThatThrownBy(() -> new ImageSums(new double[][] {third}).resampled(10, 1))
        .hasMessageContaining("two groups");
  }

  @Test
  void jackknifeLeavesOneImageOutAtATime() {
    Question question = new Question(twoComponent(), RegressionTarget.POST);
    INDArray v = normal(7, 54).reshape('c', 3, 18);
    ImageSumsPass pass = ImageSumsPass.ofResidual(layer, question, v, 100);
    ImageSumsPass other =
        ImageSumsPass.ofResidual(
            layer, new Question(question.patterns(), RegressionTarget.PRE), v, 100);
    ImageSumsPass.add(List.of(other, pass), images);
    double[][] without = pass.sums().jackknife();
    assertThat(without).hasNumberOfRows(IMAGES);
    for (int left = 0; left < IMAGES; left += 7) {
      int out = left;
      int[] rest = IntStream.range(0, IMAGES).filter(i -> i != out).toArray();
      assertThat(without[left][2]).isCloseTo(brute(question, v, 2, rest), within(1e-10));
    }
    assertThat(other.sums().rho()[2]).isNotCloseTo(pass.sums().rho()[2], within(1e-3));
  }

  /** Neurons are resampled in blocks: beyond the first one too. */
  @Test
  void manyNeuronsAreResampledAlike() {
    int k = 130;
    Dense dense =
        new Dense(
            SyntheticLayer.gaussian(new SplittableRandom(1), k, 5), Nd4j.zeros(DataType.DOUBLE, k));
    ImageSumsPass pass =
        ImageSumsPass.ofInputs(
            dense,
            RegressionTarget.PRE,
            SyntheticLayer.gaussian(new SplittableRandom(2), k, 5),
            50);
    ImageSumsPass.add(List.of(pass), SyntheticLayer.gaussian(new SplittableRandom(3), 50, 5));
    ImageSums all = pass.sums();
    double[][] last =
        Arrays.stream(all.sums())
            .map(group -> Arrays.copyOfRange(group, 6 * (k - 1), 6 * k))
            .toArray(double[][]::new);
    double[][] resampled = all.resampled(5, 3);
    double[][] alone = new ImageSums(last).resampled(5, 3);
    for (int draw = 0; draw < 5; draw++) {
      assertThat(resampled[draw]).hasSize(k);
      assertThat(resampled[draw][k - 1]).isCloseTo(alone[draw][0], within(1e-12));
    }
  }

  /** What the measures hand out is the v that their rho is of. */
  @Test
  void bothSolversHandOutTheirRegressions() {
    SyntheticLayer synthetic = SyntheticLayer.of(50, 30, 1);
    LayerSamples b = synthetic.samples(800, 3);
    INDArray drawn = synthetic.draw(500, 4);
    LayerSamples c = new LayerSamples(synthetic.layer(), drawn);
    LayerMoments a = synthetic.samples(800, 2).moments();
    Patterns two = SyntheticLayer.twoComponent(a, RegressionTarget.PRE);
    List<Question> questions =
        List.of(
            new Question(two, RegressionTarget.PRE),
            new Question(SyntheticLayer.random(a, 5), RegressionTarget.POST),
            new Question(two, RegressionTarget.POST));
    for (var solver :
        List.of(new ClosedForm(), new Adam(0.03, 0.3, 100, 50, 0.01, 200, 3, false))) {
      INDArray[] v = new INDArray[3];
      List<Rho> rho;
      try (var measure = solver.of(synthetic.layer(), b, c)) {
        rho =
            measure.rho(
                questions,
                (question, from, rows) -> {
                  assertThat(from).isZero();
                  assertThat(v[question]).isNull();
                  v[question] = rows.dup();
                });
      }
      for (int i = 0; i < 3; i++) {
        ImageSumsPass pass =
            ImageSumsPass.ofResidual(synthetic.layer(), questions.get(i), v[i], 100);
        ImageSumsPass.add(List.of(pass), drawn);
        assertThat(pass.sums().rho()).containsExactly(rho.get(i).evaluated(), within(1e-6));
      }
    }
  }

  @Test
  void independentSamplesCountInFull() {
    assertThat(effective(4000, 1, 0)).isCloseTo(4000, within(400.0));
  }

  /**
   * Samples of a group share a part r of their variance: 1 + (m-1) r^2 of them say as much as one.
   */
  @Test
  void clusteredSamplesCountForFewer() {
    assertThat(effective(500, 10, 0.8)).isCloseTo(5000 / (1 + 9 * 0.64), within(80.0));
    assertThat(effective(400, 20, 1)).isCloseTo(400, within(1e-6));
  }

  private static double effective(int groups, int each, double shared) {
    int d = 30;
    INDArray x = clustered(groups, each, d, shared, 11);
    Dense dense =
        new Dense(
            SyntheticLayer.gaussian(new SplittableRandom(12), 40, d),
            Nd4j.zeros(DataType.DOUBLE, 40));
    INDArray probes = SyntheticLayer.gaussian(new SplittableRandom(13), 40, d);
    ImageSumsPass pass = ImageSumsPass.ofInputs(dense, RegressionTarget.PRE, probes, groups);
    ImageSumsPass.addSamples(List.of(pass), x, each);
    return pass.sums().effectiveSamples();
  }

  static INDArray clustered(int groups, int each, int d, double shared, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    INDArray own = SyntheticLayer.gaussian(random, groups * each, d).muli(Math.sqrt(1 - shared));
    INDArray common = SyntheticLayer.gaussian(random, groups, d).muli(Math.sqrt(shared));
    for (int i = 0; i < groups * each; i++) {
      own.getRow(i).addi(common.getRow(i / each));
    }
    return own;
  }
}

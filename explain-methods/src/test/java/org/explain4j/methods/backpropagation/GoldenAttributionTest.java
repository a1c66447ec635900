package org.explain4j.methods.backpropagation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.explain4j.api.Start.LOGIT;
import static org.explain4j.methods.backpropagation.PoolingShares.PROPORTIONAL;
import static org.explain4j.methods.backpropagation.PoolingShares.WHOLE_WINDOW;
import static org.explain4j.methods.rules.PaddingShare.LOST;
import static org.explain4j.methods.rules.PaddingShare.NONE;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.explain4j.api.Attributor;
import org.explain4j.api.Explainer;
import org.explain4j.api.Group;
import org.explain4j.api.Subject;
import org.explain4j.methods.paths.IntegratedGradients;
import org.explain4j.methods.paths.Quadrature;
import org.explain4j.methods.paths.Smoothing;
import org.explain4j.methods.perturbation.Occlusion;
import org.explain4j.methods.perturbation.Output;
import org.explain4j.methods.rules.Bias;
import org.explain4j.network.Network;
import org.explain4j.network.arrays.Batches;
import org.explain4j.network.testing.Shared;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every method against Captum and zennit, one row each: file, method, tolerance in float32. */
class GoldenAttributionTest {
  private static final double FLOAT64 = 1e-9;

  static Stream<Arguments> rows() {
    return Stream.of(
        row("captum/gradient", new Gradient(), 1e-5),
        row("captum/deconvnet", new DeconvNet(), 1e-5),
        row("captum/guided_backprop", new GuidedBackprop(), 1e-5),
        row("captum/input_x_gradient", new GradientTimesInput(), 1e-5),
        row("captum/deeplift_rescale", gradientPooling(), 1e-5),
        row("captum/smoothgrad", stored(Smoothing.Moment.MEAN), 1e-5),
        row("captum/smoothgrad_sq", stored(Smoothing.Moment.MEAN_SQUARE), 1e-5),
        row("captum/vargrad", stored(Smoothing.Moment.VARIANCE), 1e-5),
        row("zennit/lrp_0", new LrpZero(), 1e-5),
        row("zennit/lrp_epsilon_1e-6", new LrpEpsilon(), 1e-4),
        row("zennit/lrp_epsilon_0.25", new LrpEpsilon(.25, true, LOGIT), 1e-5),
        row("zennit/lrp_epsilon_0.25_nobias", new LrpEpsilon(.25, false, LOGIT), 1e-5),
        row("zennit/lrp_gamma_0.25", new LrpGamma(), 1e-5),
        row("zennit/lrp_alpha2beta1", new LrpAlphaBeta(), 1e-5),
        row("zennit/lrp_alpha2beta1_nobias", alphaBeta(2, Bias.IGNORED, 1e-6), 1e-5),
        row("zennit/lrp_alpha1beta0", alphaBeta(1, Bias.SPLIT, 1e-6), 1e-5),
        row("zennit/lrp_alpha1beta0_nobias", new LrpZPlus(), 1e-5),
        row("zennit/lrp_wsquare_all", new LrpWSquare(true, 1e-6, PROPORTIONAL, NONE, LOGIT), 1e-5),
        row("zennit/lrp_wsquare_all_nobias", new LrpWSquare(), 1e-5),
        row("zennit/lrp_flat_all", new LrpFlat(), 1e-5),
        row("zennit/lrp_w2_first_zplus", new DeepTaylor(), 1e-5),
        row("zennit/lrp_flat_first_zplus", flatFirst(), 1e-5),
        row("zennit/lrp_zb_first_zplus", deepTaylor(InputDomain.BOX, Bias.IGNORED), 1e-5),
        row("zennit/lrp_zb_all_first_epsilon", new LrpZBox(), 1e-4),
        row("zennit/composite_epsilon_plus", new LrpEpsilonPlus(), 1e-5),
        row("zennit/composite_epsilon_plus_flat", new LrpEpsilonPlusFlat(), 1e-5),
        row("zennit/composite_epsilon_gamma_box", new LrpEpsilonGammaBox(), 1e-5),
        row("zennit/composite_epsilon_alpha2_beta1_flat", new LrpEpsilonAlpha2Beta1Flat(), 1e-5));
  }

  /** Files that their tools stored as float32 or stabilised otherwise. */
  static Stream<Arguments> rowsInFloat32() {
    return Stream.of(
        row("captum/lrp_gamma_0.25", new LrpGamma(.25, Bias.WHOLE, 1e-9, LOGIT), 1e-5),
        row("captum/lrp_alpha1beta0", new LrpZPlus(Bias.WHOLE, 1e-9, LOGIT), 1e-5),
        row("captum/lrp_alpha1beta0_nobias", new LrpZPlus(Bias.IGNORED, 1e-9, LOGIT), 1e-5),
        row("captum/integrated_gradients_gausslegendre", ig(Quadrature.GAUSS_LEGENDRE), 1e-8),
        row("captum/integrated_gradients_riemann_right", ig(Quadrature.RIEMANN_RIGHT), 2e-7),
        row("captum/integrated_gradients_riemann_middle", ig(Quadrature.RIEMANN_MIDDLE), 2e-7),
        row("captum/occlusion_4x4_s4", occlusion(4), 1e-5),
        row("captum/occlusion_4x4_s2", occlusion(2), 1e-5),
        row("lrp_toolbox/lrp_alpha2beta1", alphaBeta(2, Bias.SPLIT, 0), 1e-5),
        row("lrp_toolbox/lrp_alpha1beta0", alphaBeta(1, Bias.SPLIT, 0), 1e-5),
        row("lrp_toolbox/lrp_flat_all", new LrpFlat(0, WHOLE_WINDOW, LOST, LOGIT), 1e-9),
        row(
            "lrp_toolbox/lrp_wsquare_all",
            new LrpWSquare(false, 0, WHOLE_WINDOW, LOST, LOGIT),
            1e-9),
        row("theano/inn_lrp_alpha_2_beta_1", alphaBeta(2, Bias.WHOLE, 0), 1e-5),
        row("theano/inn_lrp_alpha_2_beta_1_IB", alphaBeta(2, Bias.IGNORED, 0), 1e-5),
        row("theano/inn_lrp_alpha_1_beta_0", alphaBeta(1, Bias.WHOLE, 0), 1e-5),
        row("theano/inn_lrp_alpha_1_beta_0_IB", alphaBeta(1, Bias.IGNORED, 0), 1e-5),
        row("theano/inn_deep_taylor", deepTaylor(InputDomain.POSITIVE, Bias.WHOLE), 1e-5),
        row(
            "theano/inn_deep_taylor_bounded_low0_hig1",
            deepTaylor(InputDomain.BOX, Bias.WHOLE),
            1e-5));
  }

  @ParameterizedTest
  @EnumSource(names = {"GAUSS_LEGENDRE", "RIEMANN_RIGHT", "RIEMANN_MIDDLE"})
  void integratedGradientsEqualCaptumInFloat32UpToKinks(Quadrature quadrature) {
    String name = quadrature.name().toLowerCase(Locale.ROOT).replace("gauss_", "gauss");
    compare("captum/integrated_gradients_" + name, ig(quadrature), DataType.FLOAT, 2e-3);
  }

  private static Occlusion occlusion(int stride) {
    return new Occlusion(4, stride, List.of(0.0), Output.LOGIT);
  }

  private static DeepLift gradientPooling() {
    return new DeepLift(List.of(0.0), 1e-10, DifferencePooling.GRADIENT);
  }

  private static IntegratedGradients ig(Quadrature quadrature) {
    return new IntegratedGradients(50, quadrature, List.of(0.0));
  }

  /** SmoothGrad with the noise that Captum was given. */
  private static Explainer stored(Smoothing.Moment moment) {
    return new StoredNoise(moment);
  }

  private record StoredNoise(Smoothing.Moment moment) implements Explainer {
    @Override
    public String id() {
      return "stored";
    }

    @Override
    public String summary() {
      return "SmoothGrad with stored noise";
    }

    @Override
    public Group group() {
      return Group.FUNCTION;
    }

    @Override
    public Attributor bind(Subject subject) {
      double[] noise = Shared.npy("golden/smoothgrad_noise").data().asDouble();
      Smoothing.Noise add =
          (batch, example, sample, target) -> {
            for (int i = 0; i < batch.size(); i++) {
              target[i] += noise[sample * batch.size() + i];
            }
          };
      Attributor gradient = new Gradient().bind(subject);
      return new Smoothing(subject.network(), gradient, 16, add, moment);
    }
  }

  private static LrpAlphaBeta alphaBeta(double alpha, Bias bias, double epsilon) {
    return new LrpAlphaBeta(alpha, alpha - 1, bias, epsilon, LOGIT);
  }

  private static DeepTaylor deepTaylor(InputDomain domain, Bias bias) {
    return new DeepTaylor(
        domain, List.of(0.0), List.of(1.0), bias, PoolingShares.PROPORTIONAL, LOGIT);
  }

  private static LrpComposite flatFirst() {
    return new LrpComposite(new LrpFlat(), new LrpZPlus(), new LrpZPlus(), LOGIT);
  }

  private static Arguments row(String file, Explainer explainer, double float32) {
    return Arguments.of(file, explainer, float32);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void equalsTheOtherToolInFloat32(String file, Explainer explainer, double tolerance) {
    compare(file, explainer, DataType.FLOAT, tolerance);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void equalsTheOtherToolInFloat64(String file, Explainer explainer, double tolerance) {
    compare(file, explainer, DataType.DOUBLE, FLOAT64);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rowsInFloat32")
  void equalsTheOtherToolsFloat32File(String file, Explainer explainer, double tolerance) {
    compare(file, explainer, DataType.DOUBLE, tolerance);
  }

  @ParameterizedTest(name = "raw/{0}")
  @MethodSource("ties")
  void poolingTiesGoToTheFirstMaximum(String file, Explainer explainer) {
    Network network = Shared.goldenNetwork(DataType.FLOAT);
    int[] classes = Shared.npy("golden/raw/pred").toIntVector();
    INDArray actual = explainer.bind(network).attribute(Shared.npy("golden/raw/inputs"), classes);
    assertThat(Shared.distance(actual, Shared.npy("golden/raw/" + file))).isLessThan(1e-5);
  }

  static Stream<Arguments> ties() {
    return Stream.of(
        Arguments.of("gradient", new Gradient()),
        Arguments.of("deconvnet", new DeconvNet()),
        Arguments.of("guided_backprop", new GuidedBackprop()));
  }

  /** All images in float32, 8 at most in float64, fewer of 50 gradients each, which are slow. */
  private static void compare(String file, Explainer explainer, DataType type, double tolerance) {
    INDArray expected = Shared.npy("golden/" + file);
    int all = (int) (type == DataType.DOUBLE ? 8 : expected.size(0));
    int n = explainer instanceof IntegratedGradients ? all / 4 : all;
    INDArray inputs = Batches.slice(Shared.npy("golden/inputs"), 0, n);
    int[] classes = Arrays.copyOf(Shared.goldenClasses(), n);
    INDArray actual = explainer.bind(Shared.goldenNetwork(type)).attribute(inputs, classes);
    assertThat(Shared.distance(actual, Batches.slice(expected, 0, n)))
        .isLessThan(Shared.tolerance(expected, tolerance));
  }
}

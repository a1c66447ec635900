package org.explain4j.methods.perturbation;

import org.explain4j.api.Attributor;
import org.explain4j.api.Explainer;
import org.explain4j.api.Extension;
import org.explain4j.api.Group;
import org.explain4j.api.Subject;
import org.explain4j.methods.images.ImageShape;
import org.explain4j.methods.masking.MaskingLoss;
import org.explain4j.methods.masking.MaskingModel;
import org.explain4j.methods.masking.MaskingTraining;
import org.explain4j.network.Classifier;
import org.explain4j.network.Network;
import org.explain4j.network.propagation.Applicability;

/**
 * Real-time saliency (Dabkowski and Gal 2017, arXiv 1705.07857): the mask of a model that is
 * trained, when bound, to keep as little of an image as is needed to recognise the class, such that
 * the rest does not show it ({@link MaskingLoss}). An explanation then costs one forward pass.
 *
 * @param epochs passes over the reference examples
 * @param batch examples per step
 * @param learningRate of ADAM's first step
 * @param channels of the masking model's levels
 * @param smoothness lambda_1, on the total variation; the authors' code has .005
 * @param area lambda_2, on the mask's mean; the authors' code has 8, for 1,000 classes: with 10
 *     classes the empty mask is then as good as any, and training ends with it
 * @param removed lambda_3, on the probability that remains when what the mask keeps is removed
 * @param power lambda_4, of that probability
 * @param seed at least 1; it determines the first weights, the order and what is shown behind the
 *     mask
 */
public record RealTimeSaliency(
    int epochs,
    int batch,
    double learningRate,
    int channels,
    double smoothness,
    double area,
    double removed,
    double power,
    long seed)
    implements Explainer {

  public RealTimeSaliency {
    Extension.requireCount("epochs", epochs);
    Extension.requireCount("batch", batch);
    Extension.requireCount("channels", channels);
    Extension.requireSeed(seed);
  }

  public RealTimeSaliency() {
    this(20, 16, 0.004, 16, 1e-3, 2, 5, 0.3, 1);
  }

  @Override
  public String id() {
    return "real-time-saliency";
  }

  @Override
  public String summary() {
    return "Masks by a model trained on the experiment's data (Dabkowski and Gal 2017)";
  }

  @Override
  public Group group() {
    return Group.ATTRIBUTION;
  }

  @Override
  public Applicability applicability(Network network) {
    return Applicability.unlessRefused(() -> ImageShape.of(network, this));
  }

  /**
   * One pass, and the masking model's training, shared out as if as many examples were explained as
   * it is trained on: a step predicts each, takes its features, and passes what is kept and what is
   * removed forward and back.
   */
  @Override
  public double passes(Classifier classifier) {
    return 1 + 6.0 * epochs;
  }

  @Override
  public Attributor bind(Subject subject) {
    ImageShape.of(subject.classifier(), this);
    MaskingLoss loss = new MaskingLoss(smoothness, area, removed, power);
    MaskingModel model =
        new MaskingTraining(epochs, batch, learningRate, loss, seed)
            .model(subject.network(), channels, subject.reference().get());
    return (inputs, classes) ->
        Attributor.inBatches(subject.network(), inputs, classes, model::attributions);
  }
}

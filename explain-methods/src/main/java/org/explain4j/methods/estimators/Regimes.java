package org.explain4j.methods.estimators;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.explain4j.api.Patterns;
import org.explain4j.api.RegressionTarget;
import org.explain4j.network.Activation;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.moments.LayerMoments;
import org.explain4j.network.propagation.Applicability;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Kindermans et al.'s Eq. 7 in the two regimes of a rectifier. */
final class Regimes {
  private Regimes() {}

  /** a+ over y &gt; 0 and a- over y &lt;= 0. */
  static Patterns patterns(RegressionTarget fitOn, LayerMoments moments) {
    INDArray active = moments.activeCount();
    INDArray inactive = active.rsub(moments.count());
    INDArray scale = Directions.variance(moments);
    INDArray positive = positive(fitOn, moments);
    List<Patterns.State> positiveStates =
        Directions.normalise(positive, moments, scale.mul(active).divi(moments.count()), active);
    INDArray negative = negative(fitOn, moments);
    INDArray negativeScale = fitOn == RegressionTarget.PRE ? scale : Directions.deviation(scale);
    List<Patterns.State> negativeStates =
        Directions.normalise(
            negative, moments, negativeScale.mul(inactive).divi(moments.count()), inactive);
    return new Patterns(
        moments.shaped(positive), moments.shaped(negative), positiveStates, negativeStates);
  }

  /** pi+ (E+[xy] - E+[x] E[y]): the regime's share cancels in Eq. 7; {@code [k,d]}. */
  private static INDArray positive(RegressionTarget fitOn, LayerMoments moments) {
    boolean pre = fitOn == RegressionTarget.PRE;
    INDArray mean = pre ? meanOutput(moments) : Directions.meanRectified(moments);
    INDArray products = pre ? moments.meanXPositive() : Directions.meanXRectified(moments);
    try (INDArray inputs = moments.meanXActive()) {
      return products.subi(inputs.muliColumnVector(mean));
    }
  }

  /** pi- (E-[xy] - E-[x] E[y]), or pi- E-[x] where r = 0 makes E-[xr] vanish; {@code [k,d]}. */
  private static INDArray negative(RegressionTarget fitOn, LayerMoments moments) {
    INDArray inputs = moments.meanXActive().negi().addiRowVector(moments.meanX());
    if (fitOn == RegressionTarget.POST) {
      return inputs;
    }
    try (inputs) {
      return moments.meanXNegative().subi(inputs.muliColumnVector(meanOutput(moments)));
    }
  }

  private static INDArray meanOutput(LayerMoments moments) {
    return moments.meanPositive().addi(moments.meanNegative());
  }

  /** The regimes are those of a rectifier that follows; at other layers the sign is as good. */
  static Applicability applicability(Network network) {
    List<Node> hidden =
        network.linearNodes().stream().filter(node -> !network.isLogits(node)).toList();
    Map<String, List<Node>> readers = new HashMap<>(); // depthwise networks have thousands of nodes
    for (Node node : network.nodes()) {
      node.inputs()
          .forEach(name -> readers.computeIfAbsent(name, n -> new ArrayList<>()).add(node));
    }
    return Applicability.over(
        hidden,
        node ->
            isRectified(readers, node.name())
                ? Applicability.EXACT
                : Applicability.defined(
                    "the two regimes are the signs of the linear layer's output, which no ReLU alone follows"));
  }

  /** Whether a rectifier reads a node, and nothing else does but what moves its output there. */
  private static boolean isRectified(Map<String, List<Node>> readers, String name) {
    List<Node> own = readers.getOrDefault(name, List.of());
    return !own.isEmpty()
        && own.stream()
            .allMatch(
                reader ->
                    switch (reader.layer().kind()) {
                      case ACTIVATION -> Activation.isRelu(reader.layer());
                      case RESHAPE, CONCAT -> isRectified(readers, reader.name());
                      default -> false;
                    });
  }
}

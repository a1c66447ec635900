package org.explain4j.methods.estimators;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.explain4j.api.Patterns;
import org.explain4j.api.RegressionTarget;
import org.explain4j.api.SignalEstimator;
import org.explain4j.network.Activation;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.moments.LayerMoments;
import org.explain4j.network.propagation.Applicability;

/**
 * The estimator S_a+- of Kindermans et al., Eqs. 4 to 7: {@code S(x) = a+ z} where y &gt; 0, {@code
 * a- z} elsewhere, with
 *
 * <pre>a+ = (E+[xy] - E+[x] E[y]) / (w'E+[xy] - w'E+[x] E[y])        (Eq. 7), a- over y &lt;= 0
 * </pre>
 *
 * E+ and E- are means over the regime, E[y] is the mean over all samples. Fitted on the rectified
 * output r: {@code a+ = (E+[xr] - E+[x] E[r]) / (w'...)} and {@code a- = E-[x] / (w'E-[x])}, which
 * makes the residual uncorrelated with r. A negative denominator is harmless and is kept.
 * iNNvestigate and nn-patterns compute the same, even for the logit layer.
 *
 * @param logits the estimator of the logit layer
 */
public record TwoComponent(RegressionTarget fitOn, LogitPattern logits) implements SignalEstimator {

  public TwoComponent() {
    this(RegressionTarget.PRE, LogitPattern.LINEAR);
  }

  @Override
  public String id() {
    return "two-component";
  }

  @Override
  public String summary() {
    return "S(x) = a+ z where y > 0, a- z elsewhere (Kindermans et al., Eq. 7, S_a+-)";
  }

  /** The regimes are those of a rectifier that follows; at other layers the sign is as good. */
  @Override
  public Applicability applicability(Network network) {
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
                      case ACTIVATION -> ((Activation) reader.layer()).isRelu();
                      case RESHAPE, CONCAT -> isRectified(readers, reader.name());
                      default -> false;
                    });
  }

  @Override
  public Patterns estimate(String name, LinearLayer layer, boolean isLogits, LayerMoments moments) {
    if (isLogits && logits == LogitPattern.LINEAR) {
      return new Linear(fitOn).estimate(name, layer, true, moments);
    }
    return Regimes.patterns(fitOn, moments);
  }
}

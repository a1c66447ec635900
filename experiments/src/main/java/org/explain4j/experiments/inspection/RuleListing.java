package org.explain4j.experiments.inspection;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.explain4j.api.Explainer;
import org.explain4j.api.KebabCase;
import org.explain4j.api.Patterns;
import org.explain4j.api.Propagation;
import org.explain4j.api.Subject;
import org.explain4j.network.Activation;
import org.explain4j.network.ActivationFunction;
import org.explain4j.network.Add;
import org.explain4j.network.AveragePool;
import org.explain4j.network.Concat;
import org.explain4j.network.Convolution;
import org.explain4j.network.Dense;
import org.explain4j.network.Flatten;
import org.explain4j.network.Layer;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.MaxPool;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.Normalisation;
import org.explain4j.network.Product;
import org.explain4j.network.Window;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How a method passes its message through each kind of layer: the method itself is asked, bound to
 * a small network that has them all.
 */
public final class RuleListing {
  private RuleListing() {}

  /**
   * Rules by place in a network.
   *
   * @return empty for a method that is not a single backward pass
   */
  public static Optional<Map<String, String>> of(Explainer explainer) {
    Network network = sample();
    if (!(explainer.bind(subject(network)) instanceof Propagation propagation)) {
      return Optional.empty();
    }
    Map<String, String> rules = new LinkedHashMap<>();
    rules.put("start", KebabCase.of(propagation.start()));
    for (Node node : network.nodes()) {
      rules.put(node.name(), propagation.composite().ruleOf(node).toString());
    }
    if (propagation.timesInput()) {
      boolean compares = propagation.composite().reference().isPresent();
      rules.put("at the end", compares ? "times the input less the baseline" : "times the input");
    }
    return Optional.of(rules);
  }

  /** The network with its own weights in place of patterns, and zeros as reference data. */
  private static Subject subject(Network network) {
    return new Subject(
        network,
        (estimator, layer) -> Patterns.linear(((LinearLayer) layer.layer()).weights().dup()),
        () -> Nd4j.zeros(DataType.FLOAT, 2, 1, 4, 4));
  }

  /** Nodes have the names of the table's rows. */
  private static Network sample() {
    List<Node> nodes =
        List.of(
            node(
                "first convolution",
                new Convolution(ones(2, 1, 1, 1), ones(2), Window.square(1)),
                Network.INPUT),
            node("ReLU", Activation.RELU, "first convolution"),
            node("max pooling", new MaxPool(Window.square(2).stride(2)), "ReLU"),
            node(
                "convolution",
                new Convolution(ones(2, 2, 1, 1), ones(2), Window.square(1)),
                "max pooling"),
            node("normalisation", Normalisation.layer(1e-5), "convolution"),
            node("other activation", Activation.of(ActivationFunction.SILU), "normalisation"),
            node("product", new Product(), "other activation", "max pooling"),
            node("sum", new Add(), "product", "max pooling"),
            node("concatenation", new Concat(), "sum", "convolution"),
            node("average pooling", new AveragePool(Window.square(2).stride(2)), "concatenation"),
            node("flatten", new Flatten(), "average pooling"),
            node("dense", new Dense(ones(2, 4), ones(2)), "flatten"));
    return new Network(List.of(1L, 4L, 4L), nodes);
  }

  private static Node node(String name, Layer layer, String... inputs) {
    return new Node(name, layer, List.of(inputs));
  }

  private static INDArray ones(long... shape) {
    return Nd4j.ones(DataType.FLOAT, shape);
  }
}

package org.explain4j.network.propagation;

import java.util.List;
import java.util.Map;
import org.explain4j.network.Arithmetic;
import org.explain4j.network.LinearLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The gradient of other linear layers: PatternNet's a or PatternAttribution's {@code w * a} in
 * place of w.
 *
 * @param layers by node, with the same shapes as the network's own
 * @param name that tables of rules show
 */
public record ReplacedWeights(Map<String, LinearLayer> layers, String name)
    implements CompilableRule {

  public ReplacedWeights {
    layers = Map.copyOf(layers);
  }

  @Override
  public <V> List<V> messages(Arithmetic<V> site) {
    return List.of(site.transpose(layers.get(site.name()), site.message()));
  }

  /** All of a layer at once. */
  @Override
  public List<INDArray> propagate(Site site, INDArray message) {
    return List.of(layers.get(site.node().name()).transpose(message, site.input().shape()));
  }

  @Override
  public String toString() {
    return name;
  }
}

package org.explain4j.methods.rules;

import java.util.List;
import org.explain4j.network.Arithmetic;
import org.explain4j.network.AveragePool;
import org.explain4j.network.Layer;
import org.explain4j.network.NormPool;
import org.explain4j.network.Window;
import org.explain4j.network.arrays.PoolPlaces.Divisor;
import org.explain4j.network.propagation.Applicability;
import org.explain4j.network.propagation.CompilableRule;
import org.explain4j.network.propagation.Site;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Equal shares for the pixels of a window: the gradient of their mean. */
record EqualShares() implements CompilableRule {

  @Override
  public <V> List<V> messages(Arithmetic<V> site) {
    return site.gradient(site.message()); // of means: sums and norms are not compiled
  }

  @Override
  public List<INDArray> propagate(Site site, INDArray message) {
    if (site.layer() instanceof NormPool pool) {
      return mean(pool.window(), pool.ceil(), site, message);
    }
    return site.layer() instanceof AveragePool pool && pool.divisor() == Divisor.ONE
        ? mean(pool.window(), pool.ceil(), site, message)
        : site.layer().backward(site.inputs(), site.output(), message);
  }

  /** Equal shares for a window's pixels inside the image, whatever the layer does with them. */
  static List<INDArray> mean(Window window, boolean ceil, Site site, INDArray message) {
    return new AveragePool(window, ceil, Divisor.PIXELS)
        .backward(site.inputs(), site.output(), message);
  }

  @Override
  public Applicability at(Layer layer) {
    return layer instanceof NormPool
        ? Applicability.defined("a norm over a window shares equally")
        : Applicability.EXACT;
  }

  @Override
  public String toString() {
    return "equal shares";
  }
}

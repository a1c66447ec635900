package org.explain4j.methods.rules;

import java.util.List;
import org.explain4j.network.Arithmetic;
import org.explain4j.network.AveragePool;
import org.explain4j.network.Layer;
import org.explain4j.network.NormPool;
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
      return mean(new AveragePool(pool.window(), pool.ceil(), Divisor.PIXELS), site, message);
    }
    return site.layer() instanceof AveragePool pool && pool.divisor() == Divisor.ONE
        ? mean(new AveragePool(pool.window(), pool.ceil(), Divisor.PIXELS), site, message)
        : site.layer().backward(site.inputs(), site.output(), message);
  }

  private static List<INDArray> mean(AveragePool pool, Site site, INDArray message) {
    return List.of(pool.backward(site.input(), site.output(), message));
  }

  @Override
  public Applicability at(Layer layer) {
    return layer instanceof NormPool
        ? Applicability.defined("a norm over a window shares equally")
        : Applicability.EXACT;
  }

  @Override
  public boolean keepsZeros() {
    return true;
  }

  @Override
  public String toString() {
    return "equal shares";
  }
}

package org.explain4j.methods.rules;

import java.util.function.Supplier;
import org.explain4j.network.Arithmetic;
import org.explain4j.network.LinearLayer;

/**
 * A linear layer whose weights depend on the sign of the input they meet: {@code z = V x+ + U x-}.
 * Every rule that splits contributions by sign shares relevance in proportion to such a sum.
 *
 * @param forPositive V, with the bias that z includes
 * @param forNegative U, with bias zero; asked for only where an input is negative
 */
record SignedLayer(LinearLayer forPositive, Supplier<LinearLayer> forNegative) {

  /** {@code R = factor (x+ * V'(message / s(z)) + x- * U'(message / s(z)))}. */
  <V> V shares(Arithmetic<V> site, V message, double epsilon, double factor) {
    V x = site.input();
    if (!site.hasNegativeInput()) { // after a rectifier: half the work
      V q = site.quotient(message, site.forward(forPositive, x), epsilon, factor);
      return site.product(site.transpose(forPositive, q), x);
    }
    LinearLayer unbiased = forNegative.get();
    V positive = site.positive(x);
    V negative = site.negative(x);
    V z = site.sum(site.forward(forPositive, positive), site.forward(unbiased, negative));
    V q = site.quotient(message, z, epsilon, factor);
    return site.sum(
        site.product(site.transpose(forPositive, q), positive),
        site.product(site.transpose(unbiased, q), negative));
  }
}

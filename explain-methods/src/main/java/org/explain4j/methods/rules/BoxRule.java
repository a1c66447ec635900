package org.explain4j.methods.rules;

import java.util.List;
import org.explain4j.network.Arithmetic;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.propagation.CompilableRule;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The z^B rule for inputs in a box (Montavon et al. 2017, doi:10.1016/j.patcog.2016.11.008, Eq.
 * 17): {@code R_i = sum_j (x_i w_ij - l_i w_ij+ - h_i w_ij-) R_j} over its sum. The bias cancels;
 * padding is outside the box.
 *
 * @param low smallest value of each channel, or one for all, in units of the network's input
 * @param high largest, likewise
 */
public record BoxRule(List<Double> low, List<Double> high, double epsilon)
    implements CompilableRule {

  public BoxRule {
    low = List.copyOf(low);
    high = List.copyOf(high);
  }

  @Override
  public <V> List<V> messages(Arithmetic<V> site) {
    LinearLayer plain = site.changed("w", layer -> layer.with(layer.weights()));
    LinearLayer positive = site.changed("w+", layer -> layer.with(Signs.positive(layer.weights())));
    LinearLayer negative = site.changed("w-", layer -> layer.with(Signs.negative(layer.weights())));
    V corners =
        site.constant(
            "corners",
            () ->
                positive.forward(examples(low, site)).addi(negative.forward(examples(high, site))));
    V z = site.difference(site.forward(plain, site.input()), corners);
    V q = site.quotient(site.message(), z, epsilon, 1);
    V lowest = site.constant("low", () -> examples(low, site));
    V highest = site.constant("high", () -> examples(high, site));
    V shares = site.product(site.transpose(plain, q), site.input());
    V above = site.difference(shares, site.product(site.transpose(positive, q), lowest));
    return List.of(site.difference(above, site.product(site.transpose(negative, q), highest)));
  }

  private static INDArray examples(List<Double> values, Arithmetic<?> site) {
    DataType type = ((LinearLayer) site.layer()).weights().dataType();
    return ChannelValues.examples(values, type, site.inputShape());
  }

  @Override
  public String toString() {
    return "box from " + low + " to " + high;
  }
}

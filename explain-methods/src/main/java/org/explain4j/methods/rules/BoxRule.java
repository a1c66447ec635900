package org.explain4j.methods.rules;

import java.util.List;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.arrays.Elements;
import org.explain4j.network.propagation.PropagationRule;
import org.explain4j.network.propagation.Site;
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
    implements PropagationRule {

  public BoxRule {
    low = List.copyOf(low);
    high = List.copyOf(high);
  }

  @Override
  public List<INDArray> propagate(Site site, INDArray message) {
    LinearLayer layer = (LinearLayer) site.layer();
    LinearLayer plain = layer.with(layer.weights());
    LinearLayer positive = layer.with(Signs.positive(layer.weights()));
    LinearLayer negative = layer.with(Signs.negative(layer.weights()));
    INDArray x = site.input();
    try (INDArray lowest = ChannelValues.examples(low, x, 1);
        INDArray highest = ChannelValues.examples(high, x, 1);
        INDArray fromLow = positive.forward(lowest);
        INDArray fromHigh = negative.forward(highest);
        INDArray corners = fromLow.add(fromHigh);
        INDArray product = plain.forward(x);
        INDArray z = Elements.combine(product, corners, (p, c) -> p - c);
        INDArray quotient = Quotients.stable(message, z, epsilon);
        INDArray lowShares = positive.transpose(quotient, x.shape()).muli(lowest);
        INDArray highShares = negative.transpose(quotient, x.shape()).muli(highest)) {
      INDArray shares = plain.transpose(quotient, x.shape()).muli(x);
      return List.of(shares.subi(lowShares).subi(highShares));
    }
  }

  @Override
  public String toString() {
    return "box from " + low + " to " + high;
  }
}

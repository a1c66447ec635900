package org.explain4j.methods.backpropagation;

import org.explain4j.api.Attributions;
import org.explain4j.api.Attributor;
import org.explain4j.api.Start;
import org.explain4j.methods.rules.ChannelValues;
import org.explain4j.methods.rules.Differences;
import org.explain4j.network.Activations;
import org.explain4j.network.LayerKind;
import org.explain4j.network.Network;
import org.explain4j.network.propagation.Composite;
import org.explain4j.network.propagation.PropagationRule;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * DeepLIFT's multipliers times the difference from the baseline, which is run together with each
 * batch.
 */
record RescaledDifferences(Network network, DeepLift settings) implements Attributor {

  @Override
  public INDArray attribute(INDArray inputs, int[] classes) {
    return explain(inputs, classes).values();
  }

  @Override
  public Attributions explain(INDArray inputs, int[] classes) {
    return Attributions.inBatches(
        network,
        inputs,
        classes,
        (batch, asked) -> differences(batch.castTo(network.dataType()), asked));
  }

  private Attributions differences(INDArray batch, int[] classes) {
    try (INDArray from = ChannelValues.examples(settings.baseline(), batch, batch.size(0));
        Activations reference = network.forward(from)) {
      Composite rescale = Differences.rescale(reference, settings.epsilon());
      Composite rules =
          settings.pooling() == DifferencePooling.RESCALE
              ? rescale
              : rescale.with(LayerKind.MAX_POOL, PropagationRule.gradient());
      Attributor multipliers = Attributor.of(network, rules, Start.ONE);
      return multipliers.explain(batch, classes).times(batch.sub(from));
    }
  }
}

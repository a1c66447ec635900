package org.explain4j.experiments.stages;

import java.util.function.Supplier;
import org.explain4j.api.Attributor;
import org.explain4j.api.Explainer;
import org.explain4j.api.Metric.Rebinding;
import org.explain4j.api.PatternSource;
import org.explain4j.api.Patterns;
import org.explain4j.api.Preprocessing;
import org.explain4j.api.SignalEstimator;
import org.explain4j.api.Subject;
import org.explain4j.experiments.passes.LayerPatterns;
import org.explain4j.experiments.setup.Part;
import org.explain4j.experiments.setup.Returned;
import org.explain4j.experiments.setup.Run;
import org.explain4j.network.Classifier;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Network;
import org.explain4j.network.Node;
import org.explain4j.network.moments.LayerMoments;
import org.explain4j.network.moments.NetworkMoments;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Binds methods to the experiment's network, and to changed ones. */
record Binding(Run run, LayerPatterns patterns, Preprocessing preprocessing) {

  Attributor bind(Explainer explainer) {
    return bound(explainer, run.network(), patterns::of);
  }

  Rebinding rebinding(Explainer explainer) {
    return (network, use) -> {
      if (use == Rebinding.PatternUse.KEPT) {
        return bound(
            explainer,
            network,
            (estimator, node) -> patterns.of(estimator, run.network().node(node.name())));
      }
      try (Estimated estimated = new Estimated(network, reference())) {
        return bound(explainer, network, estimated);
      }
    };
  }

  private Attributor bound(Explainer explainer, Classifier classifier, PatternSource source) {
    Subject subject = new Subject(classifier, source, reference());
    return Returned.notNull(explainer.bind(subject), explainer);
  }

  /** The examples of split A that methods and metrics may look at. */
  Supplier<INDArray> reference() {
    Part a = run.parts().a();
    int count = Math.min(a.size(), run.experiment().explain().reference());
    return () -> a.inputs(preprocessing, 0, count);
  }

  /** Patterns of a changed network, from moments that are collected when they are asked for. */
  private static final class Estimated implements PatternSource, AutoCloseable {
    private final Network network;
    private final Supplier<INDArray> examples;
    private NetworkMoments moments;

    Estimated(Network network, Supplier<INDArray> examples) {
      this.network = network;
      this.examples = examples;
    }

    @Override
    public Patterns patterns(SignalEstimator estimator, Node node) {
      if (moments == null) {
        try (INDArray inputs = examples.get()) {
          moments = NetworkMoments.collect(network, inputs);
        }
      }
      LinearLayer layer = (LinearLayer) node.layer();
      boolean logits = network.isLogits(node);
      LayerMoments own = moments.layer(node.name());
      return Returned.patterns(
          estimator.patterns(node.name(), layer, logits, own), estimator, node.name(), layer);
    }

    @Override
    public void close() {
      if (moments != null) {
        moments.close();
        moments = null;
      }
    }
  }
}

package org.explain4j.experiments.stages;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.explain4j.api.Patterns;
import org.explain4j.api.SignalEstimator;
import org.explain4j.api.moments.LayerMoments;
import org.explain4j.api.network.LinearLayer;
import org.explain4j.api.network.Node;

/**
 * Patterns from the moments of split A, which are collected when some method first asks for them.
 * They are read layer by layer: those of a large network do not fit into memory together.
 */
final class MomentsStage {
  static final String NAME = "moments";

  private final Run run;
  private final SplitMoments wanted;
  private final MomentsPasses passes;
  private LayerMoments moments;
  private String layerOfMoments = "";
  private SignalEstimator estimator; // of the kept patterns; null if they failed
  private Patterns kept;
  private String layerOfPatterns = "";

  MomentsStage(Run run, MomentsPasses passes) {
    this.run = run;
    this.wanted = SplitMoments.ofA(run.setup());
    this.passes = passes;
  }

  /** Of everything that the moments depend on. */
  String hash() {
    return wanted.hash();
  }

  /** The patterns of one layer that an estimator sees in split A; the caller closes them. */
  Patterns patterns(SignalEstimator wish, Node layer) {
    return wish.estimate(
        layer.name(), (LinearLayer) layer.layer(), run.network().isLogits(layer), moments(layer));
  }

  /** The same; the last ones are kept and stay open. */
  Patterns keptPatterns(SignalEstimator wish, Node layer) {
    if (!layer.name().equals(layerOfPatterns) || !wish.equals(estimator)) {
      estimator = null;
      kept = patterns(wish, layer);
      layerOfPatterns = layer.name();
      estimator = wish;
    }
    return kept;
  }

  private LayerMoments moments(Node layer) {
    if (!layer.name().equals(layerOfMoments)) {
      passes.require(wanted, wanted.nodes());
      release();
      try {
        moments =
            LayerMoments.load(
                run.directory().root().resolve(wanted.file(layer)), (LinearLayer) layer.layer());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      layerOfMoments = layer.name();
    }
    return moments;
  }

  /** Gives up what is at hand of split A's moments, to make room; it is read again when needed. */
  void release() {
    layerOfMoments = "";
    if (moments != null) {
      moments.close();
      moments = null;
    }
  }
}

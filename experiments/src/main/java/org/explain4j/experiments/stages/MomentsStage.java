package org.explain4j.experiments.stages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
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
  private SignalEstimator estimator; // of the patterns of all layers
  private Map<String, Patterns> patterns;
  private LayerMoments moments;
  private String layerOfMoments = "";
  private SignalEstimator lastEstimator; // of the last layer's patterns; null if they failed
  private Patterns lastPatterns;

  MomentsStage(Run run, MomentsPasses passes) {
    this.run = run;
    this.wanted = SplitMoments.ofA(run.setup());
    this.passes = passes;
  }

  /** Of everything that the moments depend on. */
  String hash() {
    return wanted.hash();
  }

  /** The patterns that an estimator sees in split A; those of the last one are kept. */
  Map<String, Patterns> patterns(SignalEstimator wish) {
    if (!wish.equals(estimator)) {
      patterns = null;
      Map<String, Patterns> found = new LinkedHashMap<>();
      for (Node each : run.network().linearNodes()) {
        found.put(each.name(), patterns(wish, each));
      }
      estimator = wish;
      patterns = found;
    }
    return patterns;
  }

  /** The patterns of one layer; the last one's are kept, and its moments. */
  Patterns patterns(SignalEstimator wish, Node layer) {
    if (!layer.name().equals(layerOfMoments) || !wish.equals(lastEstimator)) {
      lastEstimator = null;
      lastPatterns =
          wish.estimate(
              layer.name(),
              (LinearLayer) layer.layer(),
              run.network().isLogits(layer),
              moments(layer));
      lastEstimator = wish;
    }
    return lastPatterns;
  }

  private LayerMoments moments(Node layer) {
    if (!layer.name().equals(layerOfMoments)) {
      passes.require(wanted, wanted.nodes());
      layerOfMoments = "";
      if (moments != null) {
        moments.close();
        moments = null;
      }
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
}

package org.explain4j.experiments.stages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
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
  private Node node; // of the moments
  private LayerMoments moments;
  private SignalEstimator nodeEstimator; // of the pattern of the node
  private Patterns nodePatterns;

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
    if (!layer.equals(node) || !wish.equals(nodeEstimator)) {
      nodePatterns =
          wish.estimate(
              layer.name(),
              (LinearLayer) layer.layer(),
              run.network().isLogits(layer),
              moments(layer));
      nodeEstimator = wish;
    }
    return nodePatterns;
  }

  private LayerMoments moments(Node layer) {
    if (!layer.equals(node)) {
      passes.require(wanted, List.copyOf(wanted.nodes()));
      if (moments != null) {
        moments.close();
      }
      try {
        moments =
            LayerMoments.load(
                run.directory().root().resolve(wanted.file(layer)), (LinearLayer) layer.layer());
        node = layer;
      } catch (IOException e) {
        node = null;
        throw new UncheckedIOException(e);
      }
    }
    return moments;
  }
}

package org.explain4j.experiments.passes;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.explain4j.api.Patterns;
import org.explain4j.api.SignalEstimator;
import org.explain4j.experiments.setup.Returned;
import org.explain4j.experiments.setup.Run;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Node;
import org.explain4j.network.moments.LayerMoments;

/**
 * Patterns from the moments of split A, which are collected when a method first asks for them. They
 * are read layer by layer: those of a large network do not fit into memory all at once.
 */
public final class LayerPatterns {
  private final Run run;
  private final SplitMoments wanted;
  private final MomentsCollector collector;
  private LayerMoments moments;
  private String layerOfMoments = "";
  private SignalEstimator estimator; // of the kept patterns; null if they failed
  private Patterns kept;
  private String layerOfPatterns = "";

  public LayerPatterns(Run run, MomentsCollector collector) {
    this.run = run;
    this.wanted = SplitMoments.ofA(run.setup());
    this.collector = collector;
  }

  /** The hash of everything that the moments depend on. */
  public String hash() {
    return wanted.hash();
  }

  /** The patterns of one layer that an estimator sees in split A; the caller closes them. */
  public Patterns of(SignalEstimator wish, Node layer) {
    LinearLayer linear = (LinearLayer) layer.layer();
    return Returned.patterns(
        wish.patterns(layer.name(), linear, run.network().isLogits(layer), moments(layer)),
        wish,
        layer.name(),
        linear);
  }

  /** The same; the last ones are kept and stay open. */
  public Patterns kept(SignalEstimator wish, Node layer) {
    if (!layer.name().equals(layerOfPatterns) || !wish.equals(estimator)) {
      estimator = null;
      kept = of(wish, layer);
      layerOfPatterns = layer.name();
      estimator = wish;
    }
    return kept;
  }

  private LayerMoments moments(Node layer) {
    if (!layer.name().equals(layerOfMoments)) {
      collector.require(wanted, wanted.nodes());
      release();
      try {
        moments =
            LayerMoments.load(
                run.output().root().resolve(wanted.file(layer)), (LinearLayer) layer.layer());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      layerOfMoments = layer.name();
    }
    return moments;
  }

  /**
   * Releases the moments of split A that are in memory, to make room; they are read again when
   * needed.
   */
  public void release() {
    layerOfMoments = "";
    if (moments != null) {
      moments.close();
      moments = null;
    }
  }
}

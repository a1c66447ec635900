package org.explain4j.benchmarks;

import org.explain4j.network.Dense;
import org.explain4j.network.moments.LayerData;
import org.explain4j.network.moments.LayerMoments;
import org.explain4j.network.moments.MiniBatches;

/**
 * A split's moments, collected when they are asked for, as an experiment reads them from their
 * file: those of a layer as wide as VGG's fc6 are not in memory with another split's.
 */
final class CollectedLayer implements LayerData {
  private final SyntheticData data;
  private final Dense layer;
  private final int split;
  private LayerMoments moments;
  private double seconds;

  CollectedLayer(SyntheticData data, Dense layer, int split) {
    this.data = data;
    this.layer = layer;
    this.split = split;
  }

  @Override
  public LayerMoments moments() {
    if (moments == null) {
      long begin = System.nanoTime();
      moments = LayerMoments.of(layer, true);
      data.addTo(moments, split);
      moments.meanX(); // adds the rows that wait for more
      seconds = (System.nanoTime() - begin) / 1e9;
    }
    return moments;
  }

  /** The seconds that collecting took; 0 before it. */
  double seconds() {
    return seconds;
  }

  @Override
  public boolean expendable() {
    return true;
  }

  @Override
  public MiniBatches minibatches(int size, long seed) {
    throw new UnsupportedOperationException("Only moments.");
  }
}

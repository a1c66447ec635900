package org.explain4j.experiments.passes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.moments.LayerData;
import org.explain4j.network.moments.LayerMoments;
import org.explain4j.network.moments.MiniBatches;

/** A layer's moments in a file, and its samples if they were collected. */
public final class StoredLayer implements LayerData, AutoCloseable {
  private final Path file;
  private final LinearLayer layer;
  private final Supplier<LayerData> samples;
  private LayerMoments moments;

  /**
   * @param samples throws if there are none
   */
  public StoredLayer(Path file, LinearLayer layer, Supplier<LayerData> samples) {
    this.file = file;
    this.layer = layer;
    this.samples = samples;
  }

  @Override
  public LayerMoments moments() {
    if (moments == null) {
      try {
        moments = LayerMoments.load(file, layer);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return moments;
  }

  /** They can be read again. */
  @Override
  public boolean expendable() {
    return true;
  }

  @Override
  public MiniBatches minibatches(int size, long seed) {
    return samples.get().minibatches(size, seed);
  }

  /** Its moments stay with the layer's, to which they belong. */
  @Override
  public LayerData group(int group) {
    LayerMoments own = moments().group(group);
    return new LayerData() {
      @Override
      public LayerMoments moments() {
        return own;
      }

      @Override
      public MiniBatches minibatches(int size, long seed) {
        return samples.get().group(group).minibatches(size, seed);
      }
    };
  }

  @Override
  public void close() {
    if (moments != null) {
      moments.close();
    }
  }
}

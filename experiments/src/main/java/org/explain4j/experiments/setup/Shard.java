package org.explain4j.experiments.setup;

import java.util.Locale;
import org.explain4j.experiments.configuration.ConfigurationException;

/**
 * One of several parts of each split, for a process of its own.
 *
 * @param index from 1
 */
public record Shard(int index, int count) {

  /**
   * Reads {@code 2/8}.
   *
   * @throws ConfigurationException if the text is not a shard
   */
  public static Shard parse(String text) {
    if (!text.matches("\\d{1,6}/\\d{1,6}")) {
      throw new ConfigurationException("--shard", "expected i/n such as 2/8, found '" + text + "'");
    }
    int slash = text.indexOf('/');
    int index = Integer.parseInt(text.substring(0, slash));
    int count = Integer.parseInt(text.substring(slash + 1));
    if (index < 1 || index > count) {
      throw new ConfigurationException(
          "--shard",
          String.format(
              Locale.ROOT,
              "'%s' is not a shard: they are 1/%d to %d/%d",
              text,
              count,
              count,
              count));
    }
    return new Shard(index, count);
  }

  /**
   * Where this shard begins in a split. Shards consist of whole batches: otherwise sums in float32
   * would be rounded differently than in one process.
   */
  int from(int size, int batch) {
    return boundary(index - 1, size, batch);
  }

  /** Where this shard ends in a split. */
  int to(int size, int batch) {
    return boundary(index, size, batch);
  }

  private int boundary(int shards, int size, int batch) {
    long batches = (size + (long) batch - 1) / batch;
    return (int) Math.min(size, batches * shards / count * batch);
  }

  /** The name of its file. */
  public String file(String experiment) {
    return String.format(Locale.ROOT, "%s.shard-%d-of-%d.npz", experiment, index, count);
  }

  @Override
  public String toString() {
    return index + "/" + count;
  }
}

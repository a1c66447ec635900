package org.explain4j.experiments.setup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.explain4j.api.Dataset;
import org.explain4j.experiments.configuration.ConfigurationException;
import org.explain4j.experiments.configuration.Problem;
import org.explain4j.experiments.configuration.Splits;
import org.explain4j.network.training.Shuffle;

/** The disjoint parts A and B of the training data and C of the test data. */
public record Parts(Part a, Part b, Part c) {

  /**
   * Drawn with a seed; each in ascending order.
   *
   * @throws ConfigurationException if there are too few examples; the message has the numbers
   */
  public static Parts of(Dataset data, Splits splits, long seed) {
    List<Problem> problems = problems(data, splits);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    int train = data.train().size();
    int test = data.test().size();
    int[] shuffled = Shuffle.order(train, new SplittableRandom(seed));
    int[] a = sorted(shuffled, 0, splits.a());
    int[] b = sorted(shuffled, splits.a(), splits.a() + splits.b());
    int[] c = sorted(Shuffle.order(test, new SplittableRandom(~seed)), 0, splits.c());
    String hash = data.fingerprint();
    return new Parts(
        Part.of(data.train(), a, hash + "/train"),
        Part.of(data.train(), b, hash + "/train"),
        Part.of(data.test(), c, hash + "/test"));
  }

  /** The splits for which the data have too few examples. */
  static List<Problem> problems(Dataset data, Splits splits) {
    List<Problem> problems = new ArrayList<>();
    int train = data.train().size();
    int test = data.test().size();
    if ((long) splits.a() + splits.b() > train) {
      boolean both = train >= 4 || splits.b() == 0;
      problems.add(
          new Problem(
              splits.b() >= train ? "splits.b" : "splits.a",
              String.format(
                  Locale.ROOT,
                  "a (%d) and b (%d) need %d training examples, but %s has %d.%s",
                  splits.a(),
                  splits.b(),
                  (long) splits.a() + splits.b(),
                  data.name(),
                  train,
                  both ? smaller(splits, train) : "")));
    }
    if (splits.c() > test) {
      problems.add(
          new Problem(
              "splits.c",
              String.format(
                  Locale.ROOT,
                  "c (%d) is more than the %d test examples of %s.\nMaybe set splits.c to %d.",
                  splits.c(),
                  test,
                  data.name(),
                  test)));
    }
    return problems;
  }

  private static String smaller(Splits splits, int train) {
    return train - splits.b() >= 2
        ? String.format(Locale.ROOT, "\nMaybe set splits.a to %d.", train - splits.b())
        : String.format(
            Locale.ROOT,
            "\nMaybe set splits.a to %d and splits.b to %d.",
            train - train / 2,
            train / 2);
  }

  /**
   * A shard of each.
   *
   * @throws ConfigurationException if one of them has fewer batches than there are shards
   */
  Parts shard(Shard shard, int batch) {
    return new Parts(
        shard("A", a, shard, batch), shard("B", b, shard, batch), shard("C", c, shard, batch));
  }

  private static Part shard(String name, Part part, Shard shard, int batch) {
    if (part.size() == 0) {
      return part;
    }
    int batches = (part.size() + batch - 1) / batch;
    if (shard.count() > batches) {
      throw new ConfigurationException(
          "--shard",
          String.format(
              Locale.ROOT,
              "split %s has %,d examples, %d batches of %d: too few for %d shards.\nMaybe use %d shards, or a smaller 'batch'.",
              name,
              part.size(),
              batches,
              batch,
              shard.count(),
              batches));
    }
    return part.shard(shard.from(part.size(), batch), shard.to(part.size(), batch));
  }

  private static int[] sorted(int[] shuffled, int from, int to) {
    int[] part = Arrays.copyOfRange(shuffled, from, to);
    Arrays.sort(part);
    return part;
  }
}

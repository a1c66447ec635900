package org.explain4j.metrics.faithfulness;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.explain4j.api.ExampleBatch;
import org.explain4j.network.training.Shuffle;

/**
 * What the network answers where no method decides what is replaced: each feature alone, or random
 * subsets of them, the same for all examples. All methods share the answers.
 *
 * @param patch side of the features in pixels
 */
record Answers(int patch, Replacement replacement, ReadOut readOut) {

  private record Question(Answers answers, Subsets subsets) {}

  /** Random subsets of a size. */
  record Subsets(int size, int count, long seed) {
    /** Of features, without replacement; each subset of the size is equally likely. */
    int[][] of(int features) {
      return IntStream.range(0, count)
          .mapToObj(k -> one(features, ExampleBatch.sharedRandom(seed + size, k)))
          .toArray(int[][]::new);
    }

    private int[] one(int features, SplittableRandom random) {
      return IntStream.of(Shuffle.order(features, random)).limit(size).toArray();
    }
  }

  /** The features of an engine's examples. */
  private static int features(Removal removal) {
    return removal.groups().get(0).count();
  }

  /** The output of the clean images. */
  double[] clean(Removal removal) {
    return removal.images().shared().once(readOut, () -> removal.clean(readOut));
  }

  /** How much the output drops without each feature, {@code [example][feature]}. */
  double[][] dropsOfSingles(Removal removal) {
    int[][] singles =
        IntStream.range(0, features(removal))
            .mapToObj(feature -> new int[] {feature})
            .toArray(int[][]::new);
    return removal.images().shared().once(this, () -> drops(removal, singles));
  }

  /** How much it drops without each subset, {@code [example][subset]}. */
  double[][] dropsOf(Removal removal, Subsets subsets) {
    return removal
        .images()
        .shared()
        .once(new Question(this, subsets), () -> drops(removal, subsets.of(features(removal))));
  }

  private double[][] drops(Removal removal, int[][] subsets) {
    double[][] outputs = removal.subsets(readOut, replacement.fill(removal), subsets);
    double[] clean = clean(removal);
    for (int i = 0; i < outputs.length; i++) {
      for (int s = 0; s < outputs[i].length; s++) {
        outputs[i][s] = clean[i] - outputs[i][s];
      }
    }
    return outputs;
  }

  /**
   * The mean square over draws of what drawing each feature's value anew changes, {@code
   * [example][feature]}.
   */
  double[][] squares(Removal removal, int draws) {
    double[][] squares = new double[removal.count()][features(removal)];
    for (int draw = 0; draw < draws; draw++) {
      double[][] drops =
          new Answers(patch, replacement.draw(draw), readOut).dropsOfSingles(removal);
      for (int i = 0; i < squares.length; i++) {
        for (int f = 0; f < squares[i].length; f++) {
          squares[i][f] += drops[i][f] * drops[i][f] / draws;
        }
      }
    }
    return squares;
  }
}

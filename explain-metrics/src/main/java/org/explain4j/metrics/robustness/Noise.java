package org.explain4j.metrics.robustness;

import java.util.SplittableRandom;
import org.explain4j.api.Extension;

/** Random neighbours of an example. */
enum Noise {
  /** Uniform in a cube of this radius. */
  UNIFORM {
    @Override
    double draw(SplittableRandom random, double size) {
      return size * (2 * random.nextDouble() - 1);
    }
  },
  /** Gaussian of this standard deviation. */
  GAUSSIAN {
    @Override
    double draw(SplittableRandom random, double size) {
      return size * random.nextGaussian();
    }
  };

  abstract double draw(SplittableRandom random, double size);

  /** Neighbours that belong to an example's content; not clipped to any range. */
  Neighbours.Maker of(Neighbours neighbours, double size, long seed) {
    return (example, draw, target) -> {
      SplittableRandom random = neighbours.examples().random(example, seed, draw);
      int start = neighbours.examples().start(example);
      for (int i = 0; i < target.length; i++) {
        target[i] = neighbours.examples().values()[start + i] + draw(random, size);
      }
    };
  }

  /** For compact constructors. */
  static void require(int draws, double radius, long seed) {
    Extension.requireCount("draws", draws);
    Extension.requirePositive("radius", radius);
    Extension.requireSeed(seed);
  }

  /** Given noise, the same for all examples. */
  static Neighbours.Maker given(Neighbours neighbours, double[]... noise) {
    return (example, draw, target) -> {
      int start = neighbours.examples().start(example);
      for (int i = 0; i < target.length; i++) {
        target[i] = neighbours.examples().values()[start + i] + noise[draw][i];
      }
    };
  }
}

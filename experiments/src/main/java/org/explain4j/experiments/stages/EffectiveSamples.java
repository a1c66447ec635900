package org.explain4j.experiments.stages;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.explain4j.api.ImageSumsPass;
import org.explain4j.api.RegressionTarget;
import org.explain4j.experiments.passes.ImageSumsCollector;
import org.explain4j.experiments.passes.SplitMoments;
import org.explain4j.experiments.results.CellHash;
import org.explain4j.experiments.setup.Once;
import org.explain4j.experiments.setup.Run;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Node;
import org.explain4j.network.moments.PatchSampling;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How many independent samples a layer's patches are worth, since they share images: as a share of
 * their number, from a jackknife over images (docs/sampling.md). Images of split C stand for those
 * of A and B, because the share depends on the kind of images and on how many patches each gives.
 * One cell for all layers.
 */
record EffectiveSamples(Run run) {
  private static final String CELL = "effective samples";

  /** The share settles early: 500 images are as good as all. */
  private static final int MOST_IMAGES = 500;

  /** Of the samples of splits A and B; NaN if they are not known. */
  record Shares(double a, double b) {}

  /** What was found; call {@link #measure} before. */
  static Shares shares(Run run, String layer) {
    Map<String, Double> found = run.ledger().numbers(RhoTasks.STAGE, CELL);
    return new Shares(
        found.getOrDefault(layer + " A", Double.NaN), found.getOrDefault(layer + " B", Double.NaN));
  }

  void measure() {
    SplitMoments a = SplitMoments.ofA(run.setup());
    SplitMoments b = SplitMoments.ofRho(run.setup(), "B", run.parts().b());
    run.ledger()
        .cell(
            RhoTasks.STAGE,
            CELL,
            CellHash.of(run.base(), run.parts().c().hash(), a.sampling(), b.sampling(), b.nodes()),
            cell -> {
              Once<Map<Node, Double>> ofB = Once.of(() -> shares(b.sampling(), b));
              boolean same = a.sampling().equals(b.sampling());
              Map<Node, Double> ofA = same ? ofB.get() : shares(a.sampling(), b);
              ofA.forEach((node, share) -> cell.number(node.name() + " A", share));
              ofB.get().forEach((node, share) -> cell.number(node.name() + " B", share));
            });
  }

  private Map<Node, Double> shares(PatchSampling sampling, SplitMoments wanted) {
    int images = Math.min(MOST_IMAGES, run.parts().c().size());
    Map<Node, Double> shares = new HashMap<>();
    Map<Node, List<ImageSumsPass>> passes = new HashMap<>();
    for (Node node : wanted.nodes()) {
      boolean alone = wanted.positions(node) == 1 || sampling.perImage() == 1;
      if (alone) {
        shares.put(node, 1.0);
      } else {
        passes.put(node, List.of(pass((LinearLayer) node.layer(), node.name(), images)));
      }
    }
    if (!passes.isEmpty()) {
      new ImageSumsCollector(run, sampling, passes).collect(images);
    }
    passes.forEach(
        (node, pass) -> {
          long each = wanted.positions(node);
          long drawn = sampling.everything() ? each : Math.min(each, sampling.perImage());
          double effective = pass.get(0).sums().effectiveSamples();
          shares.put(node, effective / (images * (double) drawn));
          pass.get(0).close();
        });
    return shares;
  }

  private ImageSumsPass pass(LinearLayer layer, String name, int images) {
    SplittableRandom random = new SplittableRandom(run.experiment().seed() ^ name.hashCode());
    double[] directions = random.doubles(layer.neurons() * layer.fanIn(), -1, 1).toArray();
    try (INDArray v = Nd4j.createFromArray(directions).reshape(layer.neurons(), layer.fanIn())) {
      return ImageSumsPass.ofInputs(layer, RegressionTarget.PRE, v, images);
    }
  }
}

package org.explain4j.experiments.passes;

import java.util.ArrayList;
import java.util.List;
import org.explain4j.api.SignalEstimator;
import org.explain4j.experiments.configuration.Configured;
import org.explain4j.experiments.configuration.Experiment;
import org.explain4j.experiments.configuration.Settings;
import org.explain4j.experiments.configuration.SignalQualitySettings;
import org.explain4j.experiments.results.CellHash;
import org.explain4j.experiments.results.CellName;
import org.explain4j.experiments.results.FileNames;
import org.explain4j.experiments.setup.Part;
import org.explain4j.experiments.setup.Setup;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Node;
import org.explain4j.network.moments.LayerCost;
import org.explain4j.network.moments.PatchSampling;

/**
 * The moments that an experiment collects from one split.
 *
 * @param split A, B or C
 * @param patches of an image that are samples of a convolution; 0 for all
 * @param covariance whether the sum of xx' is among them: rho needs it, patterns do not
 * @param nodes the layers
 */
public record SplitMoments(
    Setup setup, String split, Part part, int patches, boolean covariance, List<Node> nodes) {
  /** The stage whose cells they are. */
  public static final String STAGE = "moments";

  /** What an experiment needs: A for patterns, B and C for rho. */
  public static List<SplitMoments> of(Setup setup) {
    List<SplitMoments> needed = new ArrayList<>();
    if (usesPatterns(setup)) {
      needed.add(ofA(setup));
    }
    if (setup.experiment().signalQuality().isPresent()) {
      needed.add(ofRho(setup, "B", setup.parts().b()));
      needed.add(ofRho(setup, "C", setup.parts().c()));
    }
    return needed;
  }

  public static SplitMoments ofA(Setup setup) {
    return new SplitMoments(
        setup,
        "A",
        setup.parts().a(),
        setup.experiment().splits().patchesPerImage().perImage(),
        false,
        setup.network().linearNodes());
  }

  public static SplitMoments ofRho(Setup setup, String split, Part part) {
    SignalQualitySettings settings = setup.experiment().signalQuality().orElseThrow();
    List<String> linear = setup.network().linearNodes().stream().map(Node::name).toList();
    List<Node> nodes = settings.chosen(linear).stream().map(setup.network()::node).toList();
    int patches = settings.patchesPerImage().perImage();
    return new SplitMoments(setup, split, part, patches, true, nodes);
  }

  private static boolean usesPatterns(Setup setup) {
    return !setup.experiment().estimators().isEmpty() || explainsByPatterns(setup.experiment());
  }

  /** Whether a method needs the patterns of an estimator. */
  public static boolean explainsByPatterns(Experiment experiment) {
    return experiment.explainers().stream()
        .map(Configured::extension)
        .anyMatch(explainer -> Settings.has(explainer, SignalEstimator.class));
  }

  /** The hash of everything that these moments depend on. */
  public String hash() {
    return CellHash.of(
        STAGE,
        setup.base(),
        part.hash(),
        part.first(),
        patches,
        setup.experiment().seed(),
        covariance);
  }

  /** Which patches of an image are samples. */
  public PatchSampling sampling() {
    return new PatchSampling(patches, setup.experiment().seed());
  }

  /** Whether a cell has moments of split A. */
  public static boolean isOfA(CellName cell) {
    return cell.stage().equals(STAGE) && cell.name().startsWith("A ");
  }

  public String cell(Node node) {
    return split + " " + node.name();
  }

  public String file(Node node) {
    return "moments/" + split + "/" + FileNames.of(node.name()) + ".npz";
  }

  LayerCost cost(Node node) {
    LinearLayer layer = (LinearLayer) node.layer();
    int batch = Math.min(setup.experiment().batch(), part.size());
    return LayerCost.of(layer, positions(node), sampling(), covariance, batch);
  }

  /** Samples of a layer in the whole split. */
  public long samples(Node node) {
    long each = patches == 0 ? positions(node) : Math.min(positions(node), patches);
    return part.size() * each;
  }

  /** Places of a layer's neurons in an image: output pixels, or 1. */
  public long positions(Node node) {
    return elements(setup, node) / ((LinearLayer) node.layer()).neurons();
  }

  /** Numbers of a node's output for one example. */
  static long elements(Setup setup, Node node) {
    return setup.network().shapes().get(node.name()).stream().reduce(1L, (a, b) -> a * b);
  }
}

package org.explain4j.experiments.passes;

import java.util.List;
import java.util.Map;
import org.explain4j.api.ImageSumsPass;
import org.explain4j.experiments.setup.Part;
import org.explain4j.experiments.setup.Run;
import org.explain4j.network.Activations;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Node;
import org.explain4j.network.moments.PatchSampling;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Adds up sums per image of some layers in a pass over images of split C. */
public final class ImageSumsCollector {
  private final Run run;
  private final PatchSampling sampling;
  private final Map<Node, List<ImageSumsPass>> passes;

  /**
   * @param sampling which patches of an image are samples
   * @param passes to be added to
   */
  public ImageSumsCollector(
      Run run, PatchSampling sampling, Map<Node, List<ImageSumsPass>> passes) {
    this.run = run;
    this.sampling = sampling;
    this.passes = passes;
  }

  /**
   * Makes the pass.
   *
   * @param images how many images to use, from the first on
   */
  public void collect(int images) {
    Part part = run.parts().c();
    int end = Math.min(images, part.size());
    int batch = run.experiment().batch();
    String task = "sums per image of C";
    run.progress().begin(task, end, "images");
    for (int from = 0; from < end; from += batch) {
      run.progress().step(task, from, end, "");
      try (INDArray inputs =
          part.inputs(run.model().preprocessing(), from, Math.min(end, from + batch))) {
        add(inputs, from);
      }
    }
    run.progress().step(task, end, end, "");
  }

  private void add(INDArray inputs, int first) {
    try (Activations activations = run.network().forward(inputs)) {
      passes.forEach((node, ofNode) -> add(node, ofNode, activations.inputs(node).get(0), first));
    }
  }

  private void add(Node node, List<ImageSumsPass> ofNode, INDArray input, int first) {
    if (sampling.everything()) {
      ImageSumsPass.add(ofNode, input);
      return;
    }
    LinearLayer layer = (LinearLayer) node.layer();
    INDArray samples = sampling.samples(node.name(), layer, input, first);
    ImageSumsPass.addSamples(ofNode, samples, (int) (samples.size(0) / input.size(0)));
    if (samples != input && samples.closeable()) {
      samples.close();
    }
  }
}

package org.explain4j.experiments.passes;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.explain4j.experiments.setup.Part;
import org.explain4j.experiments.setup.Run;
import org.explain4j.network.LinearLayer;
import org.explain4j.network.Node;
import org.explain4j.network.moments.LayerData;
import org.explain4j.network.moments.LayerSamples;
import org.explain4j.network.moments.NetworkMoments;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Collects the samples that some layers see in a part of the data. */
public final class SampleCollector implements AutoCloseable {
  private final Map<String, INDArray> samples = new HashMap<>();
  private final Map<String, Long> filled = new HashMap<>();
  private final List<Node> nodes;

  private SampleCollector(List<Node> nodes) {
    this.nodes = nodes;
  }

  /** One pass over a split. */
  public static SampleCollector collect(Run run, SplitMoments wanted, List<Node> nodes) {
    SampleCollector collector = new SampleCollector(nodes);
    for (Node node : nodes) {
      long size = ((LinearLayer) node.layer()).sampleSize();
      collector.samples.put(
          node.name(),
          Nd4j.createUninitialized(DataType.FLOAT, new long[] {wanted.samples(node), size}, 'c'));
    }
    String task = "samples of " + wanted.split();
    Part part = wanted.part();
    run.progress().begin(task, part.size(), "images");
    long first = 0;
    for (INDArray batch : part.batches(run.model().preprocessing(), run.experiment().batch())) {
      run.progress().step(task, first, part.size(), "");
      try (batch) {
        NetworkMoments.eachLayer(run.network(), batch, wanted.sampling(), first, collector::add);
        first += batch.size(0);
      }
    }
    run.progress().step(task, first, part.size(), "");
    return collector;
  }

  private void add(String name, INDArray rows) {
    INDArray all = samples.get(name);
    if (all != null) {
      long from = filled.getOrDefault(name, 0L);
      all.get(NDArrayIndex.interval(from, from + rows.size(0)), NDArrayIndex.all()).assign(rows);
      filled.put(name, from + rows.size(0));
    }
  }

  public LayerData layer(Node node) {
    return new LayerSamples((LinearLayer) node.layer(), samples.get(node.name()));
  }

  @Override
  public void close() {
    nodes.forEach(node -> samples.get(node.name()).close());
  }
}

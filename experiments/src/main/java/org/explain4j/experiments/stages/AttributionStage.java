package org.explain4j.experiments.stages;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.explain4j.api.Attributions;
import org.explain4j.api.Attributor;
import org.explain4j.api.Explainer;
import org.explain4j.experiments.configuration.Configured;
import org.explain4j.experiments.configuration.Settings;
import org.explain4j.experiments.passes.LayerPatterns;
import org.explain4j.experiments.results.Cell;
import org.explain4j.experiments.results.CellHash;
import org.explain4j.experiments.setup.ChannelOrder;
import org.explain4j.experiments.setup.Once;
import org.explain4j.experiments.setup.Returned;
import org.explain4j.experiments.setup.Run;
import org.explain4j.reports.runs.ExplainerRun;
import org.explain4j.reports.runs.RunTable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Attributions of every image by every method, one cell per method. */
final class AttributionStage {
  static final String NAME = "attributions";

  private final Run run;
  private final LayerPatterns patterns;
  private final ExplainedImages images;
  private final Binding binding;

  AttributionStage(Run run, LayerPatterns patterns, ExplainedImages images) {
    this.run = run;
    this.patterns = patterns;
    this.images = images;
    this.binding = new Binding(run, patterns, images.preprocessing());
  }

  /** The methods that did not fail. */
  List<Explained> run() {
    List<Explained> explained = new ArrayList<>();
    for (Configured<Explainer> explainer : run.experiment().explainers()) {
      Once<Attributor> attributor = Once.of(() -> binding.bind(explainer.extension()));
      String hash =
          CellHash.of(
              images.hash(),
              patterns.hash(),
              run.experiment().explain().reference(),
              explainer.label(),
              Run.hash(explainer.extension()));
      Optional<String> error =
          run.ledger()
              .cell(NAME, explainer.label(), hash, cell -> explain(cell, explainer, attributor));
      error.ifPresent(message -> run.ledger().row(RunTable.EXPLAINERS, failed(explainer, message)));
      if (error.isEmpty()) {
        explained.add(
            new Explained(
                explainer,
                attributor,
                () -> read(explainer),
                binding.rebinding(explainer.extension()),
                hash));
      }
    }
    return explained;
  }

  private void explain(Cell cell, Configured<Explainer> explainer, Once<Attributor> attributor) {
    long start = System.nanoTime();
    Attributor bound = attributor.get();
    double bindSeconds = (System.nanoTime() - start) / 1e9;
    warmUp(explainer, bound);
    start = System.nanoTime();
    try (Attributions attributions = attributions(explainer, bound)) {
      double seconds = (System.nanoTime() - start) / 1e9;
      cell.array(file(explainer), attributions.values());
      cell.row(
          RunTable.EXPLAINERS,
          row(explainer, bindSeconds, seconds, Optional.empty(), attributions.note()));
    }
  }

  /** The first pass compiles and allocates, which says nothing of the time per image. */
  private void warmUp(Configured<Explainer> explainer, Attributor attributor) {
    try (INDArray one = images.inputs(0, 1);
        Attributions unused = attributor.explain(one, images.classes(0, 1))) {
      Returned.notNull(unused.values(), explainer.extension());
    }
  }

  private Attributions attributions(Configured<Explainer> explainer, Attributor attributor) {
    String label = explainer.label();
    int batch = run.experiment().batch();
    INDArray all = null;
    double[] magnitudes = new double[images.size()];
    run.progress().begin(label, images.size(), "images");
    for (int from = 0; from < images.size(); from += batch) {
      int to = Math.min(images.size(), from + batch);
      run.progress().step(label, from, images.size(), "");
      try (INDArray inputs = images.inputs(from, to);
          Attributions part = attributor.explain(inputs, images.classes(from, to))) {
        Returned.attributions(part.values(), explainer.extension(), inputs.shape());
        if (all == null) {
          long[] shape = inputs.shape().clone();
          shape[0] = images.size();
          all = Nd4j.createUninitialized(DataType.FLOAT, shape, 'c');
        }
        INDArrayIndex[] rows = new INDArrayIndex[inputs.rank()];
        Arrays.fill(rows, NDArrayIndex.all());
        rows[0] = NDArrayIndex.interval(from, to);
        all.get(rows).assign(ChannelOrder.swap(part.values(), images.preprocessing()));
        System.arraycopy(part.magnitudes(), 0, magnitudes, from, to - from);
      }
    }
    run.progress().step(label, images.size(), images.size(), "");
    return new Attributions(all, magnitudes);
  }

  private ExplainerRun failed(Configured<Explainer> explainer, String error) {
    return row(explainer, Double.NaN, Double.NaN, Optional.of(error), Optional.empty());
  }

  private ExplainerRun row(
      Configured<Explainer> explainer,
      double bindSeconds,
      double seconds,
      Optional<String> error,
      Optional<String> note) {
    return new ExplainerRun(
        explainer.label(),
        explainer.extension().id(),
        explainer.extension().group(),
        Settings.line(explainer.extension()),
        bindSeconds,
        seconds,
        images.size(),
        error.isEmpty() ? "ok" : "failed",
        error.orElse(""),
        note);
  }

  private INDArray read(Configured<Explainer> explainer) {
    return ChannelOrder.swap(run.output().read(file(explainer)), images.preprocessing());
  }

  private static String file(Configured<Explainer> explainer) {
    return "attributions/" + explainer.label() + ".npy";
  }
}

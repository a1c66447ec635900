package org.explain4j.experiments.stages;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.explain4j.api.Attributor;
import org.explain4j.experiments.results.Cell;
import org.explain4j.experiments.results.CellHash;
import org.explain4j.experiments.setup.ChannelOrder;
import org.explain4j.experiments.setup.Returned;
import org.explain4j.experiments.setup.Run;
import org.explain4j.network.Network;
import org.explain4j.network.arrays.Batches;
import org.explain4j.reports.runs.MetaScore.Space;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What methods say of perturbed images or networks, in a file for each, so that metrics share them
 * and memory holds one at a time.
 */
record PerturbedExplanations(Run run, ExplainedImages original, PerturbedImages images) {

  /**
   * Explains under all perturbations; what has been done is not done again.
   *
   * @return the methods that did not fail
   */
  List<Explained> explain(List<Explained> methods, Space space, List<Perturbation> perturbations) {
    List<Explained> left = new ArrayList<>(methods);
    String task = "explaining with perturbed " + space.word();
    int total = perturbations.size();
    run.progress().begin(task, total, "perturbations");
    for (int p = 0; p < total; p++) {
      run.progress().step(task, p, total, "");
      Optional<Perturbation> perturbation = Optional.of(perturbations.get(p));
      Network[] network = new Network[1]; // made if a cell has to be worked on
      left.removeIf(
          method ->
              run.ledger()
                  .cell(
                      MetaEvaluationStage.NAME,
                      perturbation.get().label() + " " + method.explainer().label(),
                      CellHash.of(images.hash(space), method.hash()),
                      cell -> {
                        if (network[0] == null) {
                          network[0] = images.network(perturbation);
                        }
                        explain(cell, method, perturbation, network[0]);
                      })
                  .isPresent());
    }
    run.progress().step(task, total, total, "");
    return left;
  }

  private void explain(
      Cell cell, Explained method, Optional<Perturbation> perturbation, Network network) {
    Attributor attributor = images.attributor(method, network);
    List<INDArray> parts = new ArrayList<>();
    int batch = run.experiment().batch();
    for (int from = 0; from < images.size(); from += batch) {
      int to = Math.min(images.size(), from + batch);
      try (INDArray inputs = images.inputs(perturbation, from, to)) {
        INDArray part = attributor.attribute(inputs, images.classes(from, to));
        parts.add(Returned.attributions(part, method.explainer().extension(), inputs.shape()));
      }
    }
    try (INDArray all = Nd4j.concat(0, parts.toArray(INDArray[]::new))) {
      cell.array(
          file(perturbation.orElseThrow(), method),
          ChannelOrder.swap(all, original.preprocessing()));
    }
    parts.forEach(INDArray::close);
  }

  /** The attributions of a method, those of the clean images where nothing is perturbed. */
  INDArray read(Optional<Perturbation> perturbation, Explained method) {
    if (perturbation.isEmpty()) {
      try (INDArray all = method.attributions().get()) {
        return Batches.slice(all, 0, images.size());
      }
    }
    return ChannelOrder.swap(
        run.output().read(file(perturbation.get(), method)), original.preprocessing());
  }

  private static String file(Perturbation perturbation, Explained method) {
    return String.format(
        Locale.ROOT,
        "%s/%s.%s.npy",
        MetaEvaluationStage.NAME,
        perturbation.label().replace(' ', '-'),
        method.explainer().label());
  }
}

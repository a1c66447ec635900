package org.explain4j.experiments.stages;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.explain4j.experiments.configuration.Explain;
import org.explain4j.experiments.results.Cell;
import org.explain4j.experiments.results.CellHash;
import org.explain4j.experiments.setup.Part;
import org.explain4j.experiments.setup.Run;
import org.explain4j.experiments.setup.TableNames;
import org.explain4j.network.training.Shuffle;
import org.explain4j.reports.runs.Accuracy;
import org.explain4j.reports.runs.ExplainedImage;
import org.explain4j.reports.runs.RunTable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Draws the images, predicts them once, and fixes the class that every method explains. */
final class ImageStage {
  static final String NAME = "images";

  private final Run run;
  private final Explain settings;

  ImageStage(Run run) {
    this.run = run;
    this.settings = run.experiment().explain();
  }

  ExplainedImages images() {
    Part part = drawn();
    String hash =
        CellHash.of(
            NAME,
            run.base(),
            part.hash(),
            settings.targetClass(),
            String.join("\n", run.data().classNames()));
    run.ledger()
        .cell(NAME, "explained", hash, cell -> write(cell, part))
        .ifPresent(
            error -> {
              throw new IllegalStateException("The images could not be predicted: " + error);
            });
    int[] classes =
        run.ledger().rows(RunTable.IMAGES).stream()
            .mapToInt(image -> Math.toIntExact(image.explained()))
            .toArray();
    return new ExplainedImages(part, run.model().preprocessing(), classes, hash);
  }

  private Part drawn() {
    Part c = run.parts().c();
    SplittableRandom random = new SplittableRandom(run.experiment().seed());
    int[] chosen =
        Arrays.stream(Shuffle.order(c.size(), random))
            .limit(settings.images())
            .sorted()
            .map(i -> c.indices()[i])
            .toArray();
    return Part.of(c.split(), chosen, c.hash());
  }

  private void write(Cell cell, Part part) {
    int batch = run.experiment().batch();
    for (int from = 0; from < part.size(); from += batch) {
      int to = Math.min(part.size(), from + batch);
      try (INDArray inputs = part.inputs(run.model().preprocessing(), from, to);
          INDArray probabilities = run.network().probabilities(inputs)) {
        int[] labels = part.split().labels(part.range(from, to));
        for (int row = from; row < to; row++) {
          row(cell, part, row, labels[row - from], probabilities.getRow(row - from));
        }
      }
    }
    try (INDArray pixels = part.split().inputs(part.indices())) {
      cell.array("images.npy", pixels);
    }
    part.split()
        .masks(part.indices())
        .ifPresent(
            masks -> {
              cell.array("masks.npy", masks);
              masks.close();
            });
  }

  private void row(Cell cell, Part part, int row, int label, INDArray probabilities) {
    int predicted = probabilities.argMax().getInt(0);
    int explained = settings.targetClass().of(label, predicted);
    List<String> names = run.classNames();
    cell.row(
        RunTable.IMAGES,
        new ExplainedImage(
            row,
            part.split().name(part.indices()[row]),
            label,
            TableNames.of(names, label),
            predicted,
            TableNames.of(names, predicted),
            explained,
            TableNames.of(names, explained),
            probabilities.getDouble(predicted)));
  }

  /** How often the network is right on split C. */
  void accuracy() {
    Part c = run.parts().c();
    run.ledger()
        .cell(
            NAME,
            "accuracy",
            CellHash.of(NAME, "accuracy", run.base(), c.hash()),
            cell -> cell.row(RunTable.ACCURACY, accuracy(c)));
  }

  private Accuracy accuracy(Part c) {
    RightAnswers right = new RightAnswers();
    int batch = run.experiment().batch();
    run.progress().begin("accuracy on C", c.size(), "images");
    for (int from = 0; from < c.size(); from += batch) {
      int to = Math.min(c.size(), from + batch);
      run.progress().step("accuracy on C", from, c.size(), "");
      try (INDArray inputs = c.inputs(run.model().preprocessing(), from, to);
          INDArray logits = run.network().logits(inputs)) {
        double[][] outputs = logits.toDoubleMatrix();
        int[] labels = c.split().labels(c.range(from, to));
        for (int i = 0; i < labels.length; i++) {
          right.add(outputs[i], labels[i]);
        }
      }
    }
    run.progress().step("accuracy on C", c.size(), c.size(), "");
    return right.accuracy();
  }
}

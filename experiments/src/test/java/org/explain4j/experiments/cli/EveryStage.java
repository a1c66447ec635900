package org.explain4j.experiments.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A small experiment that passes through every stage of a run, without figures for papers. */
final class EveryStage {
  private EveryStage() {}

  /**
   * @param tens of images in split C, the smallest
   * @param milliseconds that reading a batch takes
   */
  static Path in(Path folder, int tens, int milliseconds) throws IOException {
    int c = 10 * tens;
    String text =
        String.format(
            Locale.ROOT,
            """
            name: every-stage
            dataset: {tiny-images: {train: %d, test: %d, milliseconds: %d}}
            model: {tiny-network: {hidden: 12}}
            splits: {a: %d, b: %d, c: %d}
            estimators: [identity, linear, two-component]
            signal-quality: {solvers: [closed-form], targets: [pre, post]}
            explain: {images: 12, reference: 4}
            explainers: [gradient, pattern-net, pattern-attribution, lrp-0]
            metrics: [brightness]
            meta-evaluation: {explainers: [gradient, pattern-net], perturbations: 1, images: 6}
            report: {estimator-maps: {linear: pattern-net}, figures: false}
            batch: 20
            checkpoint: 1s
            """,
            6 * c,
            2 * c,
            milliseconds,
            4 * c,
            3 * c / 2,
            c);
    return Files.writeString(folder.resolve("every-stage.yaml"), text);
  }
}

package org.explain4j.experiments.stages;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.explain4j.api.SignalEstimator;
import org.explain4j.api.Subject;
import org.explain4j.api.moments.LayerMoments;
import org.explain4j.api.moments.NetworkMoments;
import org.explain4j.api.moments.PatchSampling;
import org.explain4j.api.network.LinearLayer;
import org.explain4j.api.network.Node;
import org.explain4j.experiments.results.FileNames;
import org.explain4j.experiments.results.Fingerprint;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Moments of split A for every layer, in one pass; taken only if some method asks for them. */
final class MomentsStage {
  static final String NAME = "moments";

  private final Run run;
  private final Map<SignalEstimator, Map<String, org.explain4j.api.Patterns>> patterns =
      new LinkedHashMap<>();
  private NetworkMoments moments;

  MomentsStage(Run run) {
    this.run = run;
  }

  /** Of everything that the moments depend on. */
  String hash() {
    return Fingerprint.of(
        NAME,
        run.base(),
        run.parts().a().hash(),
        run.experiment().splits().patchesPerImage(),
        run.experiment().seed());
  }

  /** The patterns that an estimator sees in split A. */
  Map<String, org.explain4j.api.Patterns> patterns(SignalEstimator estimator) {
    return patterns.computeIfAbsent(
        estimator, e -> Subject.of(run.network(), moments()).patterns().patterns(e));
  }

  private NetworkMoments moments() {
    if (moments == null) {
      run.ledger()
          .cell(
              NAME,
              "A",
              hash(),
              cell -> {
                moments = collect();
                for (Node node : run.network().linearNodes()) {
                  moments.layer(node.name()).save(run.directory().root().resolve(file(node)));
                  cell.wrote(file(node));
                }
              })
          .ifPresent(
              error -> {
                throw new IllegalStateException("The moments of split A failed: " + error);
              });
      if (moments == null) {
        moments = load();
      }
    }
    return moments;
  }

  private static String file(Node node) {
    return "moments/A/" + FileNames.of(node.name()) + ".npz";
  }

  private NetworkMoments collect() {
    Part part = run.parts().a();
    int batch = run.experiment().batch();
    long[] done = {0};
    Iterable<INDArray> batches =
        () -> {
          var iterator = part.batches(run.model().preprocessing(), batch).iterator();
          return new java.util.Iterator<>() {
            @Override
            public boolean hasNext() {
              return iterator.hasNext();
            }

            @Override
            public INDArray next() {
              run.progress().step("moments of A", done[0], part.size(), "");
              done[0] += batch;
              return iterator.next();
            }
          };
        };
    PatchSampling sampling =
        new PatchSampling(
            run.experiment().splits().patchesPerImage().perImage(), run.experiment().seed());
    return NetworkMoments.collect(run.network(), batches, sampling, false);
  }

  private NetworkMoments load() {
    Map<String, LayerMoments> layers = new LinkedHashMap<>();
    for (Node node : run.network().linearNodes()) {
      try {
        layers.put(
            node.name(),
            LayerMoments.load(
                run.directory().root().resolve(file(node)), (LinearLayer) node.layer()));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
    return NetworkMoments.of(run.network(), layers);
  }
}

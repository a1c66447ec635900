package org.explain4j.experiments.stages;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.explain4j.experiments.Experiments;
import org.explain4j.reports.runs.RunDirectory;
import org.junit.jupiter.api.Tag;

/** The shipped experiment on few images and in layers with few inputs. */
@Tag("slow")
final class SmallRunTwinTest extends PublishedTwin {
  private static final List<String> SMALL =
      List.of(
          "splits.a=40",
          "splits.b=60",
          "splits.c=120",
          "signal-quality.layers=[conv1, conv2, fc2]",
          "explain.images=12",
          "comparisons.resamples=200");

  @Override
  RunDirectory run(Path folder) throws IOException {
    return Experiments.run(shipped(), folder.resolve("run"), SMALL);
  }
}

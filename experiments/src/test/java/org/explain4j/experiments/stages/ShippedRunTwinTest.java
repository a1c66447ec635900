package org.explain4j.experiments.stages;

import java.io.IOException;
import java.nio.file.Path;
import org.explain4j.experiments.Experiments;
import org.explain4j.reports.runs.RunDirectory;
import org.junit.jupiter.api.Tag;

/**
 * The experiment as it is shipped. With {@code -Dexplain4j.run=DIR}, a finished run of it is looked
 * at and none is made.
 */
@Tag("exhaustive")
final class ShippedRunTwinTest extends PublishedTwin {
  @Override
  RunDirectory run(Path folder) throws IOException {
    String finished = System.getProperty("explain4j.run");
    return finished == null
        ? Experiments.run(shipped(), folder.resolve("run"))
        : RunDirectory.of(Path.of(finished));
  }
}

package org.explain4j.experiments.stages;

import java.nio.file.Path;
import java.util.List;
import org.explain4j.experiments.configuration.ExperimentFile;

/**
 * Where an experiment runs.
 *
 * @param base the folder that relative paths in settings start from
 * @param cache a folder for what is expensive to make again, such as trained networks
 * @param plugins jars with extensions beside the framework's own
 */
public record Place(Path base, Path cache, List<Path> plugins) {
  public Place {
    plugins = List.copyOf(plugins);
  }

  /** The place of an experiment file, with the {@link #usualCache}. */
  public static Place of(Path file, List<Path> plugins) {
    return new Place(ExperimentFile.base(file), usualCache(), plugins);
  }

  /** Where {@code EXPLAIN4J_CACHE} says, or in the home directory. */
  public static Path usualCache() {
    String cache = System.getenv("EXPLAIN4J_CACHE");
    return cache == null
        ? Path.of(System.getProperty("user.home"), ".explain4j", "cache")
        : Path.of(cache);
  }
}

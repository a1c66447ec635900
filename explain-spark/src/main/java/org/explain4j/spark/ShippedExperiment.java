package org.explain4j.spark;

import java.io.Serializable;
import java.util.List;

/**
 * An experiment on its way to the executors.
 *
 * @param id of the job; an executor opens an experiment once for each
 * @param yaml the experiment file
 * @param settings {@code key=value}, in place of those of the file
 * @param files that settings name and that the driver has: the network's
 * @param remote settings that name data by a URI, which each machine fetches
 * @param threads of a task
 */
record ShippedExperiment(
    String id,
    String yaml,
    List<String> settings,
    List<Shipped> files,
    List<Remote> remote,
    int threads)
    implements Serializable {

  /**
   * A file of the driver's, with what belongs to it.
   *
   * @param setting that names it: {@code model.file.path}
   * @param name without folders
   */
  record Shipped(String setting, String name, BroadcastFiles files) implements Serializable {}

  /**
   * Data that each machine reads from where they are.
   *
   * @param setting that names them: {@code dataset.image-folder.path}
   */
  record Remote(String setting, String uri) implements Serializable {}
}

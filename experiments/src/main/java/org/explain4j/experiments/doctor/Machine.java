package org.explain4j.experiments.doctor;

import java.io.IOException;
import java.nio.file.Path;

/** What the checks ask of a machine; tests give one that is ill. */
interface Machine {
  /** A system property; empty if it is not set. */
  String property(String name);

  /** An environment variable; empty if it is not set. */
  String variable(String name);

  /** The largest heap, in bytes. */
  long heap();

  /** All memory of the machine, or what a container is allowed, in bytes. */
  long memory();

  int processors();

  /** Free space of the disk that a folder is on, in bytes. */
  long space(Path folder) throws IOException;

  /**
   * Writes a file into a folder and removes it.
   *
   * @throws IOException if that is impossible
   */
  void write(Path folder) throws IOException;

  /**
   * Loads the font of the charts.
   *
   * @throws IOException if that is impossible
   */
  void font() throws IOException;

  /**
   * Loads the native libraries.
   *
   * @throws LinkageError if that is impossible
   */
  Natives natives();

  /**
   * The native libraries.
   *
   * @param backend ND4J's
   * @param blas the library of matrix products
   * @param blasThreads that it uses; 0 on a GPU
   * @param onednn its version and instructions, or {@code none}
   */
  record Natives(String backend, String blas, int blasThreads, String onednn) {}
}

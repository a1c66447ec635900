package org.explain4j.network.onednn;

/** A step of a chain, ready to run on the chain's memory; for one thread at a time. */
interface Call extends AutoCloseable {
  void run();

  @Override
  void close();
}

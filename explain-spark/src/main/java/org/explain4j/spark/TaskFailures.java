package org.explain4j.spark;

import java.io.IOException;
import java.io.Serializable;
import java.net.InetAddress;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.CollectionAccumulator;
import org.explain4j.experiments.configuration.ConfigurationException;

/**
 * What tasks could not do because of data, network or configuration. Trying again would not help,
 * so such a task ends normally, and the driver says why, once; whatever else fails is Spark's to
 * try again.
 */
record TaskFailures(CollectionAccumulator<String> messages) implements Serializable {

  static TaskFailures on(JavaSparkContext spark) {
    return new TaskFailures(spark.sc().collectionAccumulator("failures"));
  }

  /** A task's work. */
  @FunctionalInterface
  interface Work<T> {
    Iterator<T> results() throws IOException;
  }

  /** The results of some work, or none where it failed. */
  <T> Iterator<T> orNothing(Work<T> work) {
    try {
      return work.results();
    } catch (ConfigurationException | IOException e) {
      messages.add(host() + "\n" + e.getMessage());
      return Collections.emptyIterator();
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "a machine without a name";
    }
  }

  /**
   * @throws IOException with what failed, if anything has
   */
  void check() throws IOException {
    Map<String, String> hosts = new TreeMap<>(); // by message: the same on each machine is one
    for (String failure : messages.value()) {
      int end = failure.indexOf('\n');
      hosts.putIfAbsent(failure.substring(end + 1), failure.substring(0, end));
    }
    if (!hosts.isEmpty()) {
      throw new IOException(
          hosts.entrySet().stream()
              .map(failure -> failure.getKey() + "\nIt failed on " + failure.getValue() + ".")
              .collect(Collectors.joining("\n")));
    }
  }
}

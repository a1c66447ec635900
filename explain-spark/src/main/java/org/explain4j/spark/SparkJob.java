package org.explain4j.spark;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.explain4j.experiments.setup.Setup;

/**
 * An experiment on a cluster, seen from the driver.
 *
 * @param sent the experiment as executors get it
 * @param setup the same, open here
 */
record SparkJob(
    JavaSparkContext spark,
    Broadcast<ShippedExperiment> sent,
    TaskFailures failures,
    Setup setup) {}

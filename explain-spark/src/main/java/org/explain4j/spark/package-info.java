/**
 * Experiments on a Spark cluster. The driver opens the experiment as one process would; tasks
 * compute moments over ranges of the images, and cells of attributions and metrics. What comes back
 * are the files of a run directory, in which the driver then finishes the run.
 */
package org.explain4j.spark;

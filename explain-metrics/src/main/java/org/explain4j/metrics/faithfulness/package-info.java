/**
 * Metrics that change features and read the network's output: rows over {@link
 * org.explain4j.metrics.faithfulness.Removal}.
 */
package org.explain4j.metrics.faithfulness;

/** Moments of parts of the data, computed by separate processes and added up. */
package org.explain4j.experiments.shards;

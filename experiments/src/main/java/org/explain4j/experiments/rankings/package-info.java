/** How methods stand over many metrics, and whether the metrics agree. */
package org.explain4j.experiments.rankings;

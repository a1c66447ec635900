/**
 * Metrics of a map alone, against a mask, or within the set of maps: rows over {@link
 * org.explain4j.metrics.maps.MapMetric}.
 */
package org.explain4j.metrics.maps;

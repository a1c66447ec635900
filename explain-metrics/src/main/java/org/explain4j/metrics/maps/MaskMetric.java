package org.explain4j.metrics.maps;

/** Metrics that compare a map with a mask of the object. */
interface MaskMetric extends MapMetric {

  @Override
  default String family() {
    return "localisation";
  }

  @Override
  default boolean needsMasks() {
    return true;
  }
}

package org.explain4j.reports.runs;

/** A row of {@code notes.csv}: a metric's remark on its settings. */
public record MetricNote(String metric, String key, String value) {}

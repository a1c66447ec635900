package org.explain4j.reports.runs;

/** A row of {@code notes.csv}: what a metric has to say of its settings. */
public record MetricNote(String metric, String key, String value) {}

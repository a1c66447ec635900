package org.explain4j.reports.runs;

/**
 * A row of {@code timings.csv}: how long a stage took.
 *
 * @param reused whether all of it is an earlier session's work
 */
public record StageTime(String stage, double seconds, boolean reused) {}

package org.explain4j.reports.runs;

/** A row of {@code failures.csv}: what failed while the rest went on. */
public record Failure(String stage, String cell, String error) {}

package org.explain4j.reports.runs;

/**
 * A row of {@code warnings.csv}: something that a reader of the results must know first.
 *
 * @param about what it concerns: {@code accuracy}, {@code images}, {@code rho}
 * @param text one or two sentences, what to do included
 */
public record Warning(String about, String text) {}

package org.explain4j.reports.runs;

/**
 * A row of {@code settings.csv}: one run of a sweep.
 *
 * @param setting what it differs in
 * @param folder of it, in the sweep's
 * @param accuracy of its network on the images of split C; NaN without a network
 * @param failures how many cells failed
 */
public record SweptRun(String setting, String folder, double accuracy, long failures) {}

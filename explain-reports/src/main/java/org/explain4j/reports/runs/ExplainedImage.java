package org.explain4j.reports.runs;

/**
 * A row of {@code images.csv}: an evaluated image.
 *
 * @param row of the image in the arrays
 * @param label the index of its true class
 * @param predicted the index of the class with the largest logit
 * @param explained the index of the class that is explained
 * @param confidence soft-max of the predicted class
 */
public record ExplainedImage(
    long row,
    String name,
    long label,
    String labelName,
    long predicted,
    String predictedName,
    long explained,
    String explainedName,
    double confidence) {}

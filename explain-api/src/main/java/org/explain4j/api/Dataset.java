package org.explain4j.api;

import java.util.List;

/**
 * Examples with labels.
 *
 * @param inputShape of one example: {@code [c,h,w]} or {@code [d]}
 * @param train for estimators and regressions (splits A and B)
 * @param test for reported numbers (split C)
 * @param fingerprint SHA-256 (hex) of the data
 */
public record Dataset(
    String name,
    List<Long> inputShape,
    List<String> classNames,
    Split train,
    Split test,
    String fingerprint) {}

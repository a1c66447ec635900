package org.explain4j.reports.runs;

import java.util.Optional;
import org.explain4j.api.Group;

/**
 * A row of {@code explainers.csv}: a method, and what became of it.
 *
 * @param explainer its label in this run
 * @param id of the method
 * @param settings on one line, without the id
 * @param bindSeconds to prepare; NaN if it failed
 * @param seconds to explain all images; NaN if it failed
 * @param status {@code ok} or {@code failed}
 * @param error empty unless it failed
 * @param note a remark on its numbers, such as that they were divided; empty in files of older
 *     versions
 */
public record ExplainerRun(
    String explainer,
    String id,
    Group group,
    String settings,
    double bindSeconds,
    double seconds,
    long images,
    String status,
    String error,
    Optional<String> note) {}

package org.explain4j.experiments.stages;

import java.util.function.Supplier;
import org.explain4j.api.Attributor;
import org.explain4j.api.Explainer;
import org.explain4j.api.Metric.Rebinding;
import org.explain4j.experiments.configuration.Configured;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A method's attributions of the images.
 *
 * @param attributor the bound method, bound when it is first asked for
 * @param attributions {@code [n,c,h,w]} in the network's channel order, read when asked for
 * @param rebinding the method on other networks
 * @param hash of everything they depend on
 */
record Explained(
    Configured<Explainer> explainer,
    Supplier<Attributor> attributor,
    Supplier<INDArray> attributions,
    Rebinding rebinding,
    String hash) {}

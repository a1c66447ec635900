package org.explain4j.reports.runs;

/**
 * A row of {@code signal-quality-neurons.csv}: rho of one neuron.
 *
 * @param neuron index in its layer
 * @param rho on split C
 * @param rhoFitted on split B
 * @param included whether the layer's mean counts it
 */
public record NeuronRho(
    String layer,
    String estimator,
    String fitOn,
    String target,
    String solver,
    long neuron,
    double rho,
    double rhoFitted,
    boolean included) {}

/**
 * The stages of an experiment, in one direction: moments, patterns, signal quality, images,
 * attributions, metrics, comparisons. Each works cell by cell through the ledger.
 */
package org.explain4j.experiments.stages;

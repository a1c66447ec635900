/**
 * The stages of an experiment, in one direction: moments, patterns, signal quality, images,
 * attributions, metrics, comparisons. Each does its work cell by cell through the ledger.
 */
package org.explain4j.experiments.stages;

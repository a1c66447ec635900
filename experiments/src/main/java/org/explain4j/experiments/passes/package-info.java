/**
 * Passes over the data within a memory budget: moments, samples, and the patterns made from them.
 */
package org.explain4j.experiments.passes;

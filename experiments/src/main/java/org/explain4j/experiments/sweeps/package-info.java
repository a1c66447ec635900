/** Experiments whose settings are swept: one run for each combination, and one report of all. */
package org.explain4j.experiments.sweeps;

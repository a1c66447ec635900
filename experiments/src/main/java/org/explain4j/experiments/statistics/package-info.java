/** Bands and paired tests of per-image values. */
package org.explain4j.experiments.statistics;

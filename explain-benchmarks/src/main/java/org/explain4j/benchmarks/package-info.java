/** Benchmarks. On a shared machine only ratios within one run mean anything. */
package org.explain4j.benchmarks;

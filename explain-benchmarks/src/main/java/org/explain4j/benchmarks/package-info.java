/** JMH benchmarks. Only ratios within one run mean anything on a shared machine. */
package org.explain4j.benchmarks;

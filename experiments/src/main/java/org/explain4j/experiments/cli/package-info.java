/** The command line: the only place that prints, and the only one that knows exit codes. */
package org.explain4j.experiments.cli;

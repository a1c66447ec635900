/** What an experiment runs on: its network, its data in three splits, and the run directory. */
package org.explain4j.experiments.setup;

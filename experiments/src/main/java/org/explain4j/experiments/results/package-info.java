/**
 * The run directory: files written whole or not at all, cells of work that a rerun takes over, and
 * tables put together from them.
 */
package org.explain4j.experiments.results;

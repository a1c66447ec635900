/**
 * The run directory: files written completely or not at all, cells of work that a later run reuses,
 * and tables put together from them.
 */
package org.explain4j.experiments.results;

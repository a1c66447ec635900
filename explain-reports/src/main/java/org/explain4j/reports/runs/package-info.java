/**
 * The run directory: a record for each table, written and read in one place, and the other files.
 */
package org.explain4j.reports.runs;

/** Reading run directories. */
package org.explain4j.reports.runs;

/** Figures as files. */
package org.explain4j.reports.figures;

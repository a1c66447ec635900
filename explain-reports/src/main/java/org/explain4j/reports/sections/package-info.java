/** The sections of the report, each from its files. */
package org.explain4j.reports.sections;

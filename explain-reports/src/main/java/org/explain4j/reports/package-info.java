/**
 * From a run directory to one HTML page. Reads what an experiment wrote, and computes nothing but
 * the scaling of pictures.
 */
package org.explain4j.reports;

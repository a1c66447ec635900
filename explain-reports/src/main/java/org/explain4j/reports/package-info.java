/**
 * From a run directory to one HTML page. Reads what an experiment wrote and computes nothing anew
 * but the scaling of pictures.
 */
package org.explain4j.reports;

/** Charts as SVG that follows the page's light or dark colours. */
package org.explain4j.reports.charts;

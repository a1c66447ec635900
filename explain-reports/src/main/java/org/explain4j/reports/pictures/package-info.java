/** Images and heat maps as PNG. */
package org.explain4j.reports.pictures;

/** How much an explanation looks like its input. */
package org.explain4j.metrics.similarity;

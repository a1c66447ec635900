/**
 * Image degradation: remove what an explanation calls important and watch the class probability.
 */
package org.explain4j.metrics.degradation;

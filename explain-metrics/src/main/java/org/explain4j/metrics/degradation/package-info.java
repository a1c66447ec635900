/**
 * Image degradation: remove what an explanation calls important and observe the class probability.
 */
package org.explain4j.metrics.degradation;

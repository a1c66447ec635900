/** Explanations of single pictures, without an experiment. */
package org.explain4j.experiments.pictures;

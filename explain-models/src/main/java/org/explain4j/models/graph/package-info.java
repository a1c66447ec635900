/** Builds a network from the parts that a model file names, in the same way for every format. */
package org.explain4j.models.graph;

/** Building a network from the parts that a model file names, the same way for every format. */
package org.explain4j.models.graph;

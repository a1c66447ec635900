/** Streaming sufficient statistics of linear layers: one pass over the data serves them all. */
package org.explain4j.network.moments;

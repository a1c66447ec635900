/**
 * Sources of labelled examples. {@link org.explain4j.datasets.ByteImages} holds what fits in
 * memory; each format has a package of its own.
 */
package org.explain4j.datasets;

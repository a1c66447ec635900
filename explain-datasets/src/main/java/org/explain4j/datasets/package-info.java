/**
 * Sources of labelled examples. {@link org.explain4j.datasets.ByteImages} holds images that fit in
 * memory; each format has a package of its own.
 */
package org.explain4j.datasets;

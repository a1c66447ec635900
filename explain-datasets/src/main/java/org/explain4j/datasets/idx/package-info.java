/** MNIST and its siblings: files in LeCun's IDX format. */
package org.explain4j.datasets.idx;

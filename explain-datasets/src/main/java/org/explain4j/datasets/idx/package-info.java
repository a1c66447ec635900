/** MNIST and Fashion-MNIST: files in LeCun's IDX format. */
package org.explain4j.datasets.idx;

/** Downloads of data and weights: checked, resumable, complete or not at all. */
package org.explain4j.datasets.download;

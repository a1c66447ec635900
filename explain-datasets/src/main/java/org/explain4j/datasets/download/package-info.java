/** Fetches data and weights: checked, resumable, whole or not at all. */
package org.explain4j.datasets.download;

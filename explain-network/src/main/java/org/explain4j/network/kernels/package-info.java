/**
 * The arithmetic of single layers on batches: oneDNN where it serves, else ND4J and plain loops.
 */
package org.explain4j.network.kernels;

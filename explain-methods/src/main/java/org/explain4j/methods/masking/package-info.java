/**
 * A masking model over a network's feature maps, and its training (Dabkowski and Gal 2017, arXiv
 * 1705.07857).
 */
package org.explain4j.methods.masking;

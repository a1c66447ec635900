/** The backward pass that every method shares: one rule per kind of layer, from logits to input. */
package org.explain4j.network.propagation;

/**
 * The backward pass that all back-propagating methods share: one rule per kind of layer, from
 * logits to input.
 */
package org.explain4j.network.propagation;

/**
 * How single layers pass gradient, signal or relevance down: the small functions that all
 * back-propagating methods are tables of.
 */
package org.explain4j.methods.rules;

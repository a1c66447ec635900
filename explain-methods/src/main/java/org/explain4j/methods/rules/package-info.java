/**
 * How single layers pass gradient, signal or relevance down: the small functions from which the
 * tables of all back-propagating methods are made.
 */
package org.explain4j.methods.rules;

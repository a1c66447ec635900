/** Explainers: each a record of its settings, bound to a network as a table of rules. */
package org.explain4j.methods.explainers;

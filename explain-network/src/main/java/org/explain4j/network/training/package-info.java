/** Training a model step by step: examples in random order, and ADAM. */
package org.explain4j.network.training;

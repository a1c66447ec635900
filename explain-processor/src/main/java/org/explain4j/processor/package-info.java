/** Runs within the compiler; nothing of it is needed later. */
package org.explain4j.processor;

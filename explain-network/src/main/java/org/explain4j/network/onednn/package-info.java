/**
 * oneDNN, called directly: matrix products, layouts, primitives, and programs of them that run on
 * one thread each. Knows only memory and shapes, not layers. The rest of the project never sees a
 * handle of oneDNN's.
 */
package org.explain4j.network.onednn;

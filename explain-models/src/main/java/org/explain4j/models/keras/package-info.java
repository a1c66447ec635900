/**
 * Networks of Keras 1, 2 and 3. A table of layer classes ({@code LayerTypes}) over a small engine
 * that walks Keras' own description ({@code KerasGraph}) and two ways in which its files lay out
 * weights.
 */
package org.explain4j.models.keras;

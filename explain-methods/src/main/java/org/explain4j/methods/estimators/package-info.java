/**
 * Signal estimators S(x) of Kindermans et al.: identity, random, filter, linear, two-component. All
 * patterns are float64 and scaled so that {@code w'a = 1}.
 */
package org.explain4j.methods.estimators;

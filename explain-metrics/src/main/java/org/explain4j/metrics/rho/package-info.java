/**
 * The signal quality criterion rho of Kindermans et al., Eq. 1: {@code rho(S) = 1 - max_v corr(y,
 * v'd^)} with the residual {@code d^ = x - S(x)}, by stochastic optimisation and in closed form.
 *
 * <p>Notation, for one neuron with weights w and bias b: {@code z = w'x}, {@code y = z + b}, {@code
 * z+ = z 1[y>0]}, {@code z- = z - z+}, {@code i = 1[y>0]}; {@code S(x) = a+ z+ + a- z-}. Matrices
 * over neurons have one row per neuron: {@code [k,d]}.
 */
package org.explain4j.metrics.rho;

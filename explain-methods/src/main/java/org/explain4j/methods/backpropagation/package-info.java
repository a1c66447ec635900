/**
 * Methods that pass something back through the network. Each is a record of its settings, and
 * becomes a table of rules when it is bound to a network.
 *
 * <table>
 * <caption>Methods that are one backward pass, with their default settings. A test compares this
 * with what the methods do; {@code explain describe METHOD} prints it for one of them.</caption>
 * <tr><th>method<th>start<th>first layer<th>convolution<th>dense<th>ReLU<th>max-pooling<th>average
 * pooling
 * <tr><td>deconvnet<td>one<td>gradient<td>gradient<td>gradient<td>relu(g)<td>gradient<td>gradient
 * <tr><td>deep-lift<td>one, times the input less the baseline<td>gradient<td>gradient<td>gradient<td>rescale<td>rescale<td>secant
 * <tr><td>deep-taylor<td>logit<td>w^2<td>alpha 1.0 beta 0.0, bias ignored<td>alpha 1.0 beta 0.0, bias ignored<td>pass<td>gradient<td>in proportion to contribution
 * <tr><td>gradient<td>one<td>gradient<td>gradient<td>gradient<td>gradient<td>gradient<td>gradient
 * <tr><td>gradient-x-input<td>one, times the input<td>gradient<td>gradient<td>gradient<td>gradient<td>gradient<td>gradient
 * <tr><td>guided-backprop<td>one<td>gradient<td>gradient<td>gradient<td>gradient, then relu(g)<td>gradient<td>gradient
 * <tr><td>guided-pattern-net<td>logit<td>gradient with the pattern's weights<td>gradient with the pattern's weights<td>gradient with the pattern's weights<td>gradient, then relu(g)<td>gradient<td>gradient
 * <tr><td>lrp-0<td>logit<td>epsilon 0.0<td>epsilon 0.0<td>epsilon 0.0<td>pass<td>gradient<td>in proportion to contribution
 * <tr><td>lrp-alpha-beta<td>logit<td>alpha 2.0 beta 1.0, bias split<td>alpha 2.0 beta 1.0, bias split<td>alpha 2.0 beta 1.0, bias split<td>pass<td>gradient<td>in proportion to contribution
 * <tr><td>lrp-composite<td>logit<td>w^2<td>gamma 0.25, bias split<td>epsilon 1.0E-6<td>pass<td>gradient<td>in proportion to contribution
 * <tr><td>lrp-epsilon<td>logit<td>epsilon 1.0E-6<td>epsilon 1.0E-6<td>epsilon 1.0E-6<td>pass<td>gradient<td>in proportion to contribution
 * <tr><td>lrp-epsilon-alpha2-beta1-flat<td>logit<td>flat<td>alpha 2.0 beta 1.0, bias split<td>epsilon 1.0E-6<td>pass<td>gradient<td>in proportion to contribution
 * <tr><td>lrp-epsilon-gamma-box<td>logit<td>box from [0.0] to [1.0]<td>gamma 0.25, bias split<td>epsilon 1.0E-6<td>pass<td>gradient<td>in proportion to contribution
 * <tr><td>lrp-epsilon-plus<td>logit<td>alpha 1.0 beta 0.0, bias split<td>alpha 1.0 beta 0.0, bias split<td>epsilon 1.0E-6<td>pass<td>gradient<td>in proportion to contribution
 * <tr><td>lrp-epsilon-plus-flat<td>logit<td>flat<td>alpha 1.0 beta 0.0, bias split<td>epsilon 1.0E-6<td>pass<td>gradient<td>in proportion to contribution
 * <tr><td>lrp-flat<td>logit<td>flat<td>flat<td>flat<td>pass<td>gradient<td>in proportion to contribution
 * <tr><td>lrp-gamma<td>logit<td>gamma 0.25, bias split<td>gamma 0.25, bias split<td>gamma 0.25, bias split<td>pass<td>gradient<td>in proportion to contribution
 * <tr><td>lrp-w-square<td>logit<td>w^2<td>w^2<td>w^2<td>pass<td>gradient<td>in proportion to contribution
 * <tr><td>lrp-z-box<td>logit<td>box from [0.0] to [1.0]<td>epsilon 1.0E-6<td>epsilon 1.0E-6<td>pass<td>gradient<td>in proportion to contribution
 * <tr><td>lrp-z-plus<td>logit<td>alpha 1.0 beta 0.0, bias ignored<td>alpha 1.0 beta 0.0, bias ignored<td>alpha 1.0 beta 0.0, bias ignored<td>pass<td>gradient<td>in proportion to contribution
 * <tr><td>pattern-attribution<td>logit<td>gradient with w * pattern<td>gradient with w * pattern<td>gradient with w * pattern<td>gradient<td>gradient<td>gradient
 * <tr><td>pattern-net<td>logit<td>gradient with the pattern's weights<td>gradient with the pattern's weights<td>gradient with the pattern's weights<td>gradient<td>gradient<td>gradient
 * </table>
 */
package org.explain4j.methods.backpropagation;

/** Methods that alter the input and watch the output. */
package org.explain4j.methods.perturbation;

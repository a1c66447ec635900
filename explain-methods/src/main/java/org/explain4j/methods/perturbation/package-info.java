/** Methods that alter the input and observe the output. */
package org.explain4j.methods.perturbation;

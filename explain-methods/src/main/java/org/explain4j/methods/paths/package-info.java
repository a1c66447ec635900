/**
 * Methods that follow a path or a cloud of inputs: integrated and expected gradients, the
 * SmoothGrad family.
 */
package org.explain4j.methods.paths;

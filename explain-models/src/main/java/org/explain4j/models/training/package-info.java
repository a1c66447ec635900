/** Training of small convolutional networks with the same operations as their explanations. */
package org.explain4j.models.training;

/** Training of small convolutional networks on the same operations that explain them. */
package org.explain4j.models.training;

/**
 * What metrics see of an example and its attribution: pixels, their groups and their order.
 * Channels of a pixel belong together; an attribution's value of a pixel is the signed sum over its
 * channels.
 */
package org.explain4j.metrics.features;

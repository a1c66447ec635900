/** Operations on images that methods and metrics share. */
package org.explain4j.network.images;

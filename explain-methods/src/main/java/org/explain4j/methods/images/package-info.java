/** Operations on images that several methods share. */
package org.explain4j.methods.images;

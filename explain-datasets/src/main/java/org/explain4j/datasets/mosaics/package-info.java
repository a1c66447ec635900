/** Mosaics of four images, which know where the class is. */
package org.explain4j.datasets.mosaics;

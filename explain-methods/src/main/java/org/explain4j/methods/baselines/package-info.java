/** What a method must beat: maps that ignore the network or the image. */
package org.explain4j.methods.baselines;

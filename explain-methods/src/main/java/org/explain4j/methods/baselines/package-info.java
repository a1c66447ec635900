/** What a method must beat: maps that look at no network or at no image. */
package org.explain4j.methods.baselines;

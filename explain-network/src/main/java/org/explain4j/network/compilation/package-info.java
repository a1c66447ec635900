/** Networks as oneDNN programs: forward and backward passes, translated layer by layer. */
package org.explain4j.network.compilation;

/** The linear toy of Kindermans et al., Fig. 2: which methods recover a known signal direction. */
package org.explain4j.experiments.recovery;

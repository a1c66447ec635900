/** Which of the paper's claims hold on a network, from the tables of a run. */
package org.explain4j.experiments.claims;

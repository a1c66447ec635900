/** Whether this machine can run experiments, and what to do if not. */
package org.explain4j.experiments.doctor;

/** What can be said of a model and of a method without running an experiment. */
package org.explain4j.experiments.inspection;

/** What can be said about a model or a method without running an experiment. */
package org.explain4j.experiments.inspection;

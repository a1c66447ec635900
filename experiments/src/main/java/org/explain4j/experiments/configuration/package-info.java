/**
 * Experiment files: YAML to records, with every problem located and reported at once. The only
 * place that knows about YAML.
 */
package org.explain4j.experiments.configuration;

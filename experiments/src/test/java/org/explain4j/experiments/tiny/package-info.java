/** Extensions small and odd enough to test the runner with. */
package org.explain4j.experiments.tiny;

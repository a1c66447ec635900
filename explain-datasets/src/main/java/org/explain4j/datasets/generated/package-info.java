/** Generated images whose class signal is known, with masks of where it is. */
package org.explain4j.datasets.generated;

/** Networks of Keras 1 and 2 in HDF5 files, read through DL4J's importer. */
package org.explain4j.models.keras;

/** Checksums of files, and writing files completely or not at all. */
package org.explain4j.network.files;

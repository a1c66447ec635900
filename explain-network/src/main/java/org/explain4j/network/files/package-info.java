/** Checksums of files, writing files completely or not at all, and what is wrong with them. */
package org.explain4j.network.files;

/** Checksums of files, and writing them whole or not at all. */
package org.explain4j.network.files;

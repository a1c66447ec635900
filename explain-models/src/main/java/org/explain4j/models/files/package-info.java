/** Trained networks from files: the user's, by any reader, and those that are shipped. */
package org.explain4j.models.files;

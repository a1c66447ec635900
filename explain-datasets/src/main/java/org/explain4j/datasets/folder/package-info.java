/**
 * Photographs in folders and zip archives, decoded when asked for: {@link
 * org.explain4j.datasets.folder.ImageFolder} lists and checks them, {@code ImageStore} finds their
 * bytes, {@code Framing} makes pixels of them.
 */
package org.explain4j.datasets.folder;

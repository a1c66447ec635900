/**
 * Photographs in folders and zip archives, decoded when asked for: {@link
 * org.explain4j.datasets.folder.ImageFolder} lists and checks them, {@code ImageStore} finds their
 * bytes, {@code Framing} turns them into pixels.
 */
package org.explain4j.datasets.folder;

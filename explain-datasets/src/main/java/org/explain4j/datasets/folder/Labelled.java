package org.explain4j.datasets.folder;

import java.util.List;

/**
 * The image files of a source with their classes, not yet looked into.
 *
 * @param classNames by class
 * @param notes what was left aside, a sentence each
 */
record Labelled(List<Example> examples, List<String> classNames, List<String> notes) {}

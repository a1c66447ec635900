package org.explain4j.datasets.folder;

import java.util.List;
import org.explain4j.api.Labelling;

/**
 * The image files of a source with their classes; the files are not yet opened.
 *
 * @param classNames by class
 * @param labelling how the classes got their numbers
 * @param notes what was ignored, one sentence each
 */
record Labelled(
    List<Example> examples, List<String> classNames, Labelling labelling, List<String> notes) {}

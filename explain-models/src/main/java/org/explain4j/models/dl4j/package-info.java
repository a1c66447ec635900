/**
 * Networks of Deeplearning4j: they are read with DL4J and run on our own network. With {@code
 * org.explain4j.models.keras} the only room that knows DL4J's types.
 */
package org.explain4j.models.dl4j;

/**
 * Networks of Deeplearning4j: they are read with DL4J and run on our own network. The only room
 * that knows DL4J's types.
 */
package org.explain4j.models.dl4j;

/**
 * Networks of Deeplearning4j: they are read with DL4J and converted to our own networks. The only
 * package that knows DL4J's types.
 */
package org.explain4j.models.dl4j;

/**
 * The service interfaces of Explain4J and the data they exchange. Add an estimator, explainer,
 * metric, dataset or model reader by implementing its interface as a record with a no-argument
 * constructor (its defaults) and naming it in {@code META-INF/services}.
 */
package org.explain4j.api;

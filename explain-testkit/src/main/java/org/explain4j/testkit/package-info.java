/**
 * The contract tests that Explain4J runs on its own extensions, for use with those of others. A
 * test class extends the contract of its kind and creates the extension:
 *
 * <pre>{@code
 * class MyExplainerTest extends ExplainerContract {
 *   @Override
 *   protected Explainer create() {
 *     return new MyExplainer();
 *   }
 * }
 * }</pre>
 *
 * Every law is a test of its own, whose name says the law and whose failure gives the numbers. The
 * kit provides small networks with random weights ({@link org.explain4j.testkit.Networks}), seeded
 * data, and the ND4J backend of the machine that the tests run on.
 */
package org.explain4j.testkit;

/** CIFAR-10 in its binary version. */
package org.explain4j.datasets.cifar;

/**
 * Bare arrays: memory that is kept for reuse, the threads that work on them, products, element-wise
 * functions, and planes of numbers on the heap for kernels that are plain loops. Knows no layers.
 */
package org.explain4j.network.arrays;

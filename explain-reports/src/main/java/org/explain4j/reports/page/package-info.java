/** What a page consists of; the templates give it its form. */
package org.explain4j.reports.page;

package org.explain4j.reports.charts;

import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Prepares XChart's SVG for embedding in a page: colours become CSS variables, segments become
 * polylines (a dash pattern would start anew on each segment), ids become unique in the page,
 * coordinates short.
 */
final class ThemedSvg {
  private static final String SVG = "http://www.w3.org/2000/svg";
  private static final Pattern RGB = Pattern.compile("rgb\\((\\d+),(\\d+),(\\d+)\\)");
  private static final Pattern LONG_NUMBER = Pattern.compile("-?\\d+\\.\\d{3,}(E-?\\d+)?");
  private static final String OUTLINES =
      "rgb("
          + Palette.OUTLINES.getRed()
          + ","
          + Palette.OUTLINES.getGreen()
          + ","
          + Palette.OUTLINES.getBlue()
          + ")";

  private static final List<String> GEOMETRY =
      List.of("d", "points", "x", "y", "x1", "y1", "x2", "y2", "width", "height", "r", "cx", "cy");

  private ThemedSvg() {}

  static String of(byte[] drawn, Painted painted, Chart.Overlay overlay) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
      factory.setNamespaceAware(true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
      Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(drawn));
      Element svg = document.getDocumentElement();
      joinSegments(svg);
      String prefix =
          "c" + Integer.toHexString(new String(drawn, StandardCharsets.UTF_8).hashCode()) + "-";
      for (Element element : elements(svg)) {
        recolour(element, prefix);
      }
      frame(svg, painted.chart(), overlay.append(svg, painted));
      return write(svg);
    } catch (ParserConfigurationException | SAXException | TransformerException e) {
      throw new IOException("The chart's SVG cannot be read", e);
    }
  }

  /** An SVG element without anything in it. */
  static Element empty() {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
      Document document = factory.newDocumentBuilder().newDocument();
      return (Element) document.appendChild(document.createElementNS(SVG, "svg"));
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e); // the JDK's parser as it comes
    }
  }

  /** An element of the SVG namespace with attributes. */
  static Element element(Element parent, String name, Map<String, String> attributes) {
    Element element = parent.getOwnerDocument().createElementNS(SVG, name);
    attributes.forEach(element::setAttribute);
    parent.appendChild(element);
    return element;
  }

  private static void frame(Element svg, Chart chart, Chart.Extent extent) {
    for (String attribute : List.of("x", "y", "width", "height", "version", "xmlns:xlink")) {
      svg.removeAttribute(attribute);
    }
    svg.setAttribute("viewBox", -extent.left() + " 0 " + extent.width() + " " + extent.height());
    svg.setAttribute("class", chart.size().width() >= Chart.Size.WIDE.width() ? "wide" : "small");
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", chart.name());
    svg.setAttribute("style", "width:" + extent.width() + "px");
  }

  private static List<Element> elements(Element root) {
    NodeList all = root.getElementsByTagName("*");
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < all.getLength(); i++) {
      elements.add((Element) all.item(i));
    }
    return elements;
  }

  private static void joinSegments(Element svg) {
    Element last = null;
    for (Element line : elements(svg)) {
      if (!line.getTagName().equals("line")) {
        last = null;
        continue;
      }
      String start = line.getAttribute("x1") + "," + line.getAttribute("y1");
      String end = line.getAttribute("x2") + "," + line.getAttribute("y2");
      if (last != null
          && last.getAttribute("style").equals(line.getAttribute("style"))
          && last.getAttribute("points").endsWith(" " + start)) {
        last.setAttribute("points", last.getAttribute("points") + " " + end);
        line.getParentNode().removeChild(line);
      } else {
        Element joined = line.getOwnerDocument().createElementNS(SVG, "polyline");
        joined.setAttribute("style", line.getAttribute("style"));
        joined.setAttribute("points", start + " " + end);
        line.getParentNode().replaceChild(joined, line);
        last = joined;
      }
    }
  }

  private static void recolour(Element element, String prefix) {
    String style = element.getAttribute("style");
    if (style.contains(OUTLINES)) {
      Element group = (Element) element.getParentNode();
      group.removeChild(element);
      if (elements(group).isEmpty()) {
        group.getParentNode().removeChild(group);
      }
      return;
    }
    if (!style.isEmpty()) {
      String themed =
          RGB.matcher(style)
              .replaceAll(
                  m ->
                      Palette.css(
                          new Color(
                              Integer.parseInt(m.group(1)),
                              Integer.parseInt(m.group(2)),
                              Integer.parseInt(m.group(3)))));
      element.setAttribute("style", themed.replace("stroke-miterlimit:10;", ""));
      if (element.getTagName().equals("rect") && themed.contains("fill:none;stroke:none")) {
        element.getParentNode().removeChild(element);
      }
    }
    if (element.hasAttribute("id")) {
      element.setAttribute("id", prefix + element.getAttribute("id"));
    }
    if (element.hasAttribute("clip-path")) {
      element.setAttribute(
          "clip-path", element.getAttribute("clip-path").replace("#", "#" + prefix));
    }
    for (String name : GEOMETRY) {
      if (element.hasAttribute(name)) {
        element.setAttribute(
            name,
            LONG_NUMBER.matcher(element.getAttribute(name)).replaceAll(m -> shorter(m.group())));
      }
    }
  }

  private static String shorter(String number) {
    return new BigDecimal(number)
        .setScale(2, RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }

  static String write(Element svg) throws TransformerException {
    Transformer transformer = TransformerFactory.newDefaultInstance().newTransformer();
    transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
    StringWriter writer = new StringWriter();
    transformer.transform(new DOMSource(svg), new StreamResult(writer));
    return writer.toString().replaceAll(">\\s+<", "><");
  }
}

package dev.pixelprobe.eval.report.chart;

import java.awt.Dimension;
import java.awt.geom.Rectangle2D;
import java.io.StringWriter;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.JFreeChart;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** A chart as an SVG element to be put into a page. */
final class SvgDrawing {
  private static final String NAMESPACE = "http://www.w3.org/2000/svg";

  private SvgDrawing() {}

  /**
   * Draws a chart.
   *
   * @param width in the page's pixels, as {@code height}
   */
  static String of(JFreeChart chart, int width, int height) {
    SVGGraphics2D graphics = new SVGGraphics2D(context(), false);
    graphics.setSVGCanvasSize(new Dimension(width, height));
    chart.draw(graphics, new Rectangle2D.Double(0, 0, width, height));
    Element root = graphics.getRoot();
    root.setAttributeNS(null, "viewBox", "0 0 %d %d".formatted(width, height));
    root.setAttributeNS(null, "aria-hidden", "true");
    root.removeAttribute("style");
    graphics.dispose();
    removeDefinitions(root);
    return written(root);
  }

  /** Clips, which nothing here needs: without them there are no ids that two charts could share. */
  private static void removeDefinitions(Element root) {
    NodeList definitions = root.getElementsByTagName("defs");
    while (definitions.getLength() > 0) {
      Node first = definitions.item(0);
      first.getParentNode().removeChild(first);
    }
  }

  private static String written(Element root) {
    try {
      Transformer transformer = TransformerFactory.newInstance().newTransformer();
      transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      StringWriter text = new StringWriter();
      transformer.transform(new DOMSource(root), new StreamResult(text));
      return text.toString();
    } catch (TransformerException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SVGGeneratorContext context() {
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document());
    context.setComment(null);
    context.setPrecision(2);
    context.setStyleHandler(new ThemedStyle());
    return context;
  }

  private static Document document() {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument(NAMESPACE, "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }
}

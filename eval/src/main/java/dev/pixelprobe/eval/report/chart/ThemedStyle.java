package dev.pixelprobe.eval.report.chart;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.StyleHandler;
import org.w3c.dom.Element;

/** Writes what an element looks like with the style sheet's colours and fonts. */
final class ThemedStyle implements StyleHandler {
  private static final Set<String> KEPT =
      Set.of(
          "fill",
          "stroke",
          "opacity",
          "stroke-width",
          "stroke-dasharray",
          "font-size",
          "font-weight");

  @Override
  public void setStyle(
      Element element, @SuppressWarnings("rawtypes") Map styleMap, SVGGeneratorContext context) {
    Map<String, String> style = new TreeMap<>();
    for (Object entry : styleMap.entrySet()) {
      Map.Entry<?, ?> property = (Map.Entry<?, ?>) entry;
      String name = String.valueOf(property.getKey());
      String value = String.valueOf(property.getValue());
      if (KEPT.contains(name) && !(name.equals("opacity") && value.equals("1"))) {
        style.put(name, themed(value));
      }
    }
    if (!style.isEmpty()) {
      element.setAttributeNS(
          null,
          "style",
          style.entrySet().stream()
              .map(e -> e.getKey() + ":" + e.getValue())
              .collect(Collectors.joining(";")));
    }
  }

  private static String themed(String value) {
    return Ink.of(value).map(ink -> "var(" + ink.variable() + ")").orElse(value);
  }
}

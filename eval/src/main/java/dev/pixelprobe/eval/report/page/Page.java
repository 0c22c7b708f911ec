package dev.pixelprobe.eval.report.page;

import java.util.List;

/**
 * A page of the report.
 *
 * @param lead what it says first
 * @param links to other pages
 */
public record Page(String title, String lead, List<Link> links, List<Section> sections) {
  public Page {
    links = List.copyOf(links);
    sections = List.copyOf(sections);
  }

  /** A link to another page, relative to this one. */
  public record Link(String text, String href) {}
}

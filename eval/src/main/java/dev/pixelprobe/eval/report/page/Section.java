package dev.pixelprobe.eval.report.page;

import java.util.List;

/**
 * A part of a page under a heading of its own.
 *
 * @param id of the heading, unique in the page: letters, digits and hyphens
 */
public record Section(String id, String title, List<Block> blocks) {
  public Section {
    blocks = List.copyOf(blocks);
  }
}

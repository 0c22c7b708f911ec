package dev.pixelprobe.eval.report.page;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Writes pages as HTML that needs nothing else: no network, no script, no other file. */
public final class PageWriter {
  private static final String FOLDER = "dev/pixelprobe/eval/report/page";

  private final PebbleTemplate template;
  private final String style;
  private final String footer;

  /**
   * A writer.
   *
   * @param footer below each page
   */
  public PageWriter(String footer) throws IOException {
    ClasspathLoader loader = new ClasspathLoader(PageWriter.class.getClassLoader());
    loader.setPrefix(FOLDER);
    loader.setSuffix(".html");
    PebbleEngine engine =
        new PebbleEngine.Builder()
            .loader(loader)
            .strictVariables(true)
            .defaultLocale(Locale.ROOT)
            .build();
    this.template = engine.getTemplate("page");
    this.style = resource("style.css");
    this.footer = footer;
  }

  private static String resource(String name) throws IOException {
    try (InputStream in =
        PageWriter.class.getClassLoader().getResourceAsStream(FOLDER + "/" + name)) {
      if (in == null) {
        throw new IllegalStateException(name + ": expected in the program, got nothing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Writes a page. */
  public void write(Page page, Path file) throws IOException {
    try (Writer writer = Files.newBufferedWriter(file)) {
      template.evaluate(writer, Map.of("page", page, "style", style, "footer", footer));
    }
  }
}

package dev.pixelprobe.eval.report.page;

import dev.pixelprobe.eval.report.chart.Ink;
import dev.pixelprobe.eval.report.chart.Line;
import dev.pixelprobe.eval.report.chart.LineChart;
import java.util.List;
import java.util.Locale;

/** What a section is made of. All text is plain: the templates escape it. */
public sealed interface Block {
  /** The name of its template. */
  default String template() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** A sentence or more. */
  record Paragraph(String text, Tone tone) implements Block {
    public static Paragraph of(String text) {
      return new Paragraph(text, Tone.PLAIN);
    }
  }

  /** A heading within a section. */
  record Heading(String text) implements Block {}

  /** Sentences, one below the other. */
  record Bullets(List<String> items) implements Block {
    public Bullets {
      items = List.copyOf(items);
    }
  }

  /** Numbers that come first, large. */
  record Cards(List<Card> cards) implements Block {
    public Cards {
      cards = List.copyOf(cards);
    }
  }

  /**
   * One of them.
   *
   * @param href empty if it leads nowhere
   */
  record Card(String title, String href, String value, String detail, Tone tone, String note) {}

  /**
   * A table whose first column names the rows.
   *
   * @param columns their titles
   */
  record Table(String caption, List<String> columns, List<List<Cell>> rows) implements Block {
    public Table {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
    }
  }

  /**
   * A place in a table.
   *
   * @param text where it has several lines, they are kept
   * @param href empty if it leads nowhere
   */
  record Cell(String text, String href, Tone tone) {
    private static final int LONG = 36;

    public static Cell of(String text) {
      return new Cell(text, "", Tone.PLAIN);
    }

    /** Whether it is a sentence rather than a number or a name. */
    public boolean isLong() {
      return text.length() > LONG && text.indexOf('\n') < 0;
    }

    public Cell in(Tone other) {
      return new Cell(text, href, other);
    }

    public Cell to(String link) {
      return new Cell(text, link, tone);
    }
  }

  /**
   * A chart, for wide and for narrow pages.
   *
   * @param alternative what it shows, in words
   */
  record Chart(String title, String alternative, List<Key> legend, String wide, String narrow)
      implements Block {
    private static final int WIDE = 900;
    private static final int WIDE_HEIGHT = 360;
    private static final int NARROW = 340;
    private static final int NARROW_HEIGHT = 260;

    public Chart {
      legend = List.copyOf(legend);
    }

    public static Chart of(String title, String alternative, LineChart chart) {
      return new Chart(
          title,
          alternative,
          chart.lines().stream().map(Key::of).toList(),
          chart.svg(WIDE, WIDE_HEIGHT),
          chart.svg(NARROW, NARROW_HEIGHT));
    }
  }

  /** What a line of a chart stands for. */
  record Key(String name, Ink ink, boolean ring) {
    static Key of(Line line) {
      return new Key(line.name(), line.ink(), line.look() == Line.Look.MARKS);
    }
  }

  /**
   * Pictures beside each other.
   *
   * @param large whether each may fill the page's width
   */
  record Pictures(String caption, boolean large, List<Picture> pictures) implements Block {
    public Pictures {
      pictures = List.copyOf(pictures);
    }
  }

  /** Pictures two by two. */
  record Pairs(String caption, List<Pair> pairs) implements Block {
    public Pairs {
      pairs = List.copyOf(pairs);
    }
  }

  /** Two pictures that are never apart. */
  record Pair(Picture left, Picture right) {}

  /**
   * A picture in the page itself.
   *
   * @param alternative what it shows, in words
   * @param dataUri {@code data:image/png;base64,..}
   */
  record Picture(String alternative, String dataUri) {}

  /**
   * Counts, the larger the darker.
   *
   * @param classes names of rows and columns
   */
  record HeatMap(String caption, List<String> classes, List<List<Count>> rows) implements Block {
    public HeatMap {
      classes = List.copyOf(classes);
      rows = List.copyOf(rows);
    }
  }

  /**
   * A count and its share of the row, in per cent.
   *
   * @param diagonal whether it counts what is right
   */
  record Count(int count, long percent, boolean diagonal) {}

  /** Text as it is typed. */
  record Code(String label, String text) implements Block {}

  /** What a reader may unfold. */
  record Folded(String summary, Block content) implements Block {}

  /** What a reader is to think of it. */
  enum Tone {
    PLAIN,
    STRONG,
    QUIET,
    GOOD,
    BAD,
    NEUTRAL;

    /** Its class in the style sheet. */
    public String css() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}

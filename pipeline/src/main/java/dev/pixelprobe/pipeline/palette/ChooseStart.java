package dev.pixelprobe.pipeline.palette;

import dev.pixelprobe.model.Palette;
import dev.pixelprobe.model.kmeans.ColourCounts;
import dev.pixelprobe.model.kmeans.PlusPlusStart;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * The start of k-means++, drawn by one worker: it holds the distinct colours of all images, 16
 * bytes each, at most 256 MiB. Nothing comes out where no image goes in.
 */
final class ChooseStart extends PTransform<PCollection<ColourCounts>, PCollection<Palette>> {
  private final int colours;
  private final long seed;

  private ChooseStart(int colours, long seed) {
    this.colours = colours;
    this.seed = seed;
  }

  static ChooseStart of(int colours, long seed) {
    return new ChooseStart(colours, seed);
  }

  @Override
  public PCollection<Palette> expand(PCollection<ColourCounts> cells) {
    return cells
        .apply("ToOneWorker", WithKeys.of(""))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), ColourCountsCoder.of()))
        .apply("Gather", GroupByKey.create())
        .apply("Draw", ParDo.of(new DrawFn(colours, seed)))
        .setCoder(PaletteCoder.of());
  }

  private static final class DrawFn extends DoFn<KV<String, Iterable<ColourCounts>>, Palette> {
    private final int colours;
    private final long seed;

    DrawFn(int colours, long seed) {
      this.colours = colours;
      this.seed = seed;
    }

    @ProcessElement
    public void draw(
        @Element KV<String, Iterable<ColourCounts>> gathered, OutputReceiver<Palette> start) {
      List<ColourCounts> cells = new ArrayList<>();
      gathered.getValue().forEach(cells::add);
      start.output(PlusPlusStart.choose(cells, colours, seed));
    }
  }
}

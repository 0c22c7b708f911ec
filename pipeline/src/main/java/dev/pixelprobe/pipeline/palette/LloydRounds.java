package dev.pixelprobe.pipeline.palette;

import dev.pixelprobe.model.Palette;
import dev.pixelprobe.model.kmeans.Clusters;
import dev.pixelprobe.model.kmeans.ColourCounts;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

/**
 * Lloyd's k-means, unrolled: each round's palette is a side input of the next, so all rounds are
 * one job, and the colours are counted once.
 */
final class LloydRounds extends PTransform<PCollection<ColourCounts>, PCollection<String>> {
  private final PCollection<Palette> start;
  private final int rounds;

  private LloydRounds(PCollection<Palette> start, int rounds) {
    this.start = start;
    this.rounds = rounds;
  }

  static LloydRounds from(PCollection<Palette> start, int rounds) {
    return new LloydRounds(start, rounds);
  }

  /** One {@link FitStep} as a line for the start and every round; the last has its palette. */
  @Override
  public PCollection<String> expand(PCollection<ColourCounts> cells) {
    List<PCollection<String>> steps = new ArrayList<>();
    PCollection<Palette> palette = start;
    for (int round = 0; round <= rounds; round++) {
      PCollection<Clusters> clusters = cells.apply("Assign" + round, AssignColours.to(palette));
      boolean last = round == rounds;
      steps.add(clusters.apply("Step" + round, MapElements.via(new StepFn(round, last))));
      if (!last) {
        palette =
            clusters.apply("Update" + round, ParDo.of(new UpdateFn())).setCoder(PaletteCoder.of());
      }
    }
    return PCollectionList.of(steps)
        .apply("Steps", Flatten.pCollections())
        .setCoder(StringUtf8Coder.of());
  }

  /** What is said of one palette. */
  static final class StepFn extends SimpleFunction<Clusters, String> {
    private final int round;
    private final boolean last;

    StepFn(int round, boolean last) {
      this.round = round;
      this.last = last;
    }

    @Override
    public String apply(Clusters clusters) {
      FitStep step = FitStep.of(round, clusters);
      return (last ? step.withPalette(clusters.palette()) : step).toLine();
    }
  }

  private static final class UpdateFn extends DoFn<Clusters, Palette> {
    @ProcessElement
    public void update(@Element Clusters clusters, OutputReceiver<Palette> palette) {
      palette.output(clusters.update());
    }
  }
}

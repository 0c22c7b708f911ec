package dev.pixelprobe.pipeline.palette;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.Palette;
import dev.pixelprobe.model.kmeans.ColourCounts;
import dev.pixelprobe.pipeline.LiveCounts;
import dev.pixelprobe.pipeline.data.DatasetPlan;
import dev.pixelprobe.pipeline.data.DeadLetter;
import dev.pixelprobe.pipeline.data.DeadLetterLimit;
import dev.pixelprobe.pipeline.data.LabelledImage;
import dev.pixelprobe.pipeline.data.ReadImages;
import dev.pixelprobe.pipeline.data.Split;
import dev.pixelprobe.pipeline.features.DeadLetterFile;
import dev.pixelprobe.pipeline.features.WriteDeadLetters;
import dev.pixelprobe.pipeline.files.Folder;
import dev.pixelprobe.pipeline.job.PipelineJob;
import dev.pixelprobe.pipeline.job.Watch;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * K-means of the colours of a data set's training images (Lloyd's, started by k-means++). The
 * images are read once. The palette depends on the images, the number of colours, the rounds and
 * the seed, and on nothing else: all that is summed is whole numbers.
 *
 * @param colours K, 2 to 32,767
 * @param rounds of Lloyd's algorithm after the start, 1 to {@link #MAX_ROUNDS}
 * @param compared a palette to measure on the same images
 */
public record PaletteFit(
    DatasetPlan dataset,
    Resizing resizing,
    int colours,
    int rounds,
    long seed,
    Optional<Palette> compared,
    DeadLetterLimit deadLetterLimit) {
  /**
   * Each round is a piece of the graph, which Flink serializes recursively: 30 rounds fit on a
   * stack of Java's default size, 40 do not.
   */
  public static final int MAX_ROUNDS = 25;

  private static final String STEPS = "steps.jsonl";
  private static final String IMAGES = "images.txt";

  /**
   * Runs the pipeline.
   *
   * @param work an empty folder that every worker can write to: a local path, or a {@code gs://}
   *     URI
   * @throws InvalidInputException if there are no images, too few colours or too many unusable
   *     records
   */
  public FittedPalette run(String work, PipelineOptions options) throws IOException {
    Folder folder = Folder.at(work);
    Pipeline pipeline = Pipeline.create(options);
    build(pipeline, folder);
    PipelineJob.run(pipeline, Watch.inputs(LiveCounts.IMAGES, "Count"));
    folder.requireWritten(DeadLetterFile.NAME);
    folder.requireWritten(STEPS);
    folder.requireWritten(IMAGES);
    List<DeadLetter> letters = DeadLetterFile.read(work);
    long images = Long.parseLong(folder.lines(IMAGES).get(0));
    deadLetterLimit.check(dataset.name(), images, letters);
    if (images == 0) {
      throw new InvalidInputException(
          "%s: expected training images, got none".formatted(dataset.name()));
    }
    return fitted(images, steps(folder), letters.size());
  }

  private void build(Pipeline pipeline, Folder work) {
    PCollectionTuple records =
        pipeline.apply("ReadImages", ReadImages.from(dataset.only(Split.TRAIN)));
    PCollection<LabelledImage> images = records.get(ReadImages.IMAGES);
    PCollection<ColourCounts> cells = images.apply("CountColours", CountColours.after(resizing));
    PCollection<Palette> start = cells.apply("ChooseStart", ChooseStart.of(colours, seed));
    PCollectionList<String> steps =
        PCollectionList.of(cells.apply("Lloyd", LloydRounds.from(start, rounds)));
    if (compared.isPresent()) {
      steps = steps.and(compare(pipeline, cells, compared.get()));
    }
    steps
        .apply("AllSteps", Flatten.pCollections())
        .apply("WriteSteps", TextIO.write().to(work.file(STEPS)).withoutSharding());
    images
        .apply("CountImages", Count.globally())
        .apply("ToLine", MapElements.into(TypeDescriptors.strings()).via(String::valueOf))
        .apply("WriteCount", TextIO.write().to(work.file(IMAGES)).withoutSharding());
    records
        .get(ReadImages.DEAD_LETTERS)
        .apply("WriteDeadLetters", WriteDeadLetters.to(work.location()));
  }

  private static PCollection<String> compare(
      Pipeline pipeline, PCollection<ColourCounts> cells, Palette palette) {
    PCollection<Palette> other =
        pipeline.apply("Compared", Create.of(palette).withCoder(PaletteCoder.of()));
    return cells
        .apply("AssignCompared", AssignColours.to(other))
        .apply("StepCompared", MapElements.via(new LloydRounds.StepFn(FitStep.COMPARED, false)));
  }

  private static List<FitStep> steps(Folder work) throws IOException {
    return work.lines(STEPS).stream()
        .map(FitStep::parse)
        .sorted(Comparator.comparingInt(FitStep::round))
        .toList();
  }

  private static FittedPalette fitted(long images, List<FitStep> steps, int deadLetters) {
    FitStep last = steps.get(steps.size() - 1);
    boolean compared = steps.get(0).round() == FitStep.COMPARED;
    return new FittedPalette(
        last.palette(),
        images,
        compared ? steps.subList(1, steps.size()) : steps,
        compared ? Optional.of(steps.get(0)) : Optional.empty(),
        deadLetters);
  }
}

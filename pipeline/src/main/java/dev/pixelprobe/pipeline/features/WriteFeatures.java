package dev.pixelprobe.pipeline.features;

import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.io.WriteFilesResult;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;

/**
 * Writes rows as {@code train-00000-of-00004.parquet} and so on, the splits apart, in no order.
 * Files appear under their names when all of them are written, and a retried bundle leaves nothing
 * twice. The set is complete once its {@link FeatureManifest} lies beside them.
 */
public final class WriteFeatures
    extends PTransform<PCollection<ImageFeatures>, WriteFilesResult<String>> {
  private static final int AS_THE_RUNNER_LIKES = 0;

  private final String directory;
  private final FeatureLayout layout;
  private final int shards;

  private WriteFeatures(String directory, FeatureLayout layout, int shards) {
    this.directory = directory;
    this.layout = layout;
    this.shards = shards;
  }

  /** As many files as the runner likes, which spares a shuffle of all rows. */
  public static WriteFeatures to(String directory, FeatureLayout layout) {
    return new WriteFeatures(directory, layout, AS_THE_RUNNER_LIKES);
  }

  /** At most this many files for each split, rows dealt evenly: less only for want of rows. */
  public WriteFeatures withShards(int shards) {
    if (shards < 1) {
      throw new IllegalArgumentException("shards: expected 1 or more, got " + shards);
    }
    return new WriteFeatures(directory, layout, shards);
  }

  @Override
  public WriteFilesResult<String> expand(PCollection<ImageFeatures> rows) {
    return rows.apply(
        "Write",
        FileIO.<String, ImageFeatures>writeDynamic()
            .by(row -> row.split().label())
            .withDestinationCoder(StringUtf8Coder.of())
            .via(new FeatureSink(layout))
            .to(directory)
            .withNaming(split -> FileIO.Write.defaultNaming(split, FeatureFiles.SUFFIX))
            .withNumShards(shards));
  }
}

package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.pipeline.data.DeadLetter;
import dev.pixelprobe.pipeline.data.DeadLetterCoder;
import dev.pixelprobe.pipeline.data.ImageId;
import dev.pixelprobe.pipeline.data.ReadImages;
import dev.pixelprobe.pipeline.features.ImageFeatures;
import dev.pixelprobe.pipeline.features.ImageFeaturesCoder;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/** What comes out of a step that runs a model: features, and the records that it could not use. */
public final class Extracted {
  public static final TupleTag<ImageFeatures> FEATURES = new TupleTag<>() {};
  public static final TupleTag<DeadLetter> DEAD_LETTERS = new TupleTag<>() {};

  private Extracted() {}

  static TupleTagList letters() {
    return TupleTagList.of(DEAD_LETTERS);
  }

  static PCollectionTuple coded(PCollectionTuple extracted) {
    extracted.get(FEATURES).setCoder(ImageFeaturesCoder.of());
    return codedLetters(extracted);
  }

  static PCollectionTuple codedLetters(PCollectionTuple extracted) {
    extracted.get(DEAD_LETTERS).setCoder(DeadLetterCoder.of());
    return extracted;
  }

  /** Of reading and of extraction together. */
  public static PCollection<DeadLetter> deadLetters(
      PCollectionTuple read, PCollectionTuple extracted) {
    return PCollectionList.of(read.get(ReadImages.DEAD_LETTERS))
        .and(extracted.get(DEAD_LETTERS))
        .apply("AllDeadLetters", Flatten.pCollections());
  }

  /** Outputs what came of a batch; the answer is how many images have features. */
  static int output(
      Isolated<ImageFeatures> isolated,
      List<ImageId> ids,
      Function<ImageFeatures, Optional<String>> complaint,
      DoFn.MultiOutputReceiver out) {
    return isolated.sort(
        complaint,
        features -> out.get(FEATURES).output(features),
        (place, reason) -> out.get(DEAD_LETTERS).output(letter(ids.get(place), reason)));
  }

  /** As the readers name their dead letters. */
  static DeadLetter letter(ImageId id, String reason) {
    return id.entry().isEmpty()
        ? new DeadLetter(id.shard(), id.record(), reason)
        : new DeadLetter(id.split().label() + "/" + id.entry(), 0, reason);
  }
}

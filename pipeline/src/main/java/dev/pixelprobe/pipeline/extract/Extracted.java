package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.pipeline.data.Batch;
import dev.pixelprobe.pipeline.data.DeadLetter;
import dev.pixelprobe.pipeline.data.DeadLetterCoder;
import dev.pixelprobe.pipeline.data.ImageId;
import dev.pixelprobe.pipeline.features.ImageFeatures;
import dev.pixelprobe.pipeline.features.ImageFeaturesCoder;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.beam.sdk.transforms.DoFn;
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

  /** Passes on the records that could not be read. */
  static void pass(Batch<?> batch, DoFn.MultiOutputReceiver out) {
    batch.deadLetters().forEach(out.get(DEAD_LETTERS)::output);
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

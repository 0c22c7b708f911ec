package dev.pixelprobe.pipeline.features;

import dev.pixelprobe.pipeline.data.DeadLetter;
import dev.pixelprobe.pipeline.files.Folder;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.apache.beam.sdk.values.TypeDescriptors;

/** Writes {@code dead-letters.jsonl} beside the features; an empty file when there are none. */
public final class WriteDeadLetters extends PTransform<PCollection<DeadLetter>, PDone> {
  private final String directory;

  private WriteDeadLetters(String directory) {
    this.directory = directory;
  }

  public static WriteDeadLetters to(String directory) {
    return new WriteDeadLetters(directory);
  }

  @Override
  public PDone expand(PCollection<DeadLetter> letters) {
    return letters
        .apply("ToJson", MapElements.into(TypeDescriptors.strings()).via(DeadLetterFile::toLine))
        .apply(
            "Write",
            TextIO.write().to(Folder.at(directory).file(DeadLetterFile.NAME)).withoutSharding());
  }
}

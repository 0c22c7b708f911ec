package dev.pixelprobe.pipeline.data;

import java.io.IOException;
import java.io.Serializable;

/** Turns slices of one data set into images. Travels to the workers with the pipeline. */
public sealed interface SliceReader extends Serializable
    permits AlikeReader,
        CifarReader,
        FolderReader,
        ListReader,
        ParquetReader,
        ShapesReader,
        StlReader,
        TfRecordReader {
  /**
   * Reads a slice's records in order.
   *
   * @throws dev.pixelprobe.model.InvalidInputException when the data cannot be trusted: a wrong
   *     checksum, a label outside the known classes
   * @throws IOException when reading fails for a reason outside the data
   */
  void read(Slice slice, Output output) throws IOException;

  /** Whether a slice may begin at any record; else only as the plan says. */
  default boolean beginsAnywhere() {
    return true;
  }

  /** Where the records of a slice go. */
  interface Output {
    void image(LabelledImage image);

    void deadLetter(DeadLetter letter);
  }
}

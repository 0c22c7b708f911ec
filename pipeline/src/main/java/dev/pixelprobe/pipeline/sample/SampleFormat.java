package dev.pixelprobe.pipeline.sample;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What samples are written as. */
public enum SampleFormat {
  /** A file for each: {@code sample-00000.png}. */
  PNG,
  /** Shards of {@code tf.train.Example}: {@code samples-00000-of-00001.tfrecord}. */
  TFRECORD;

  /** {@code png} or {@code tfrecord}. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}

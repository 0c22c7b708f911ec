package dev.pixelprobe.model;

/** The names a SavedModel of ours is called by. */
final class SavedModelNames {
  static final String TOKENS = "tokens";

  /** What a BERT model must guess: a second input of {@link #SCORE}. */
  static final String HIDDEN = "hidden";

  static final String LOGITS = "logits";
  static final String NATS_PER_TOKEN = "nats_per_token";

  /** Features of every layer; the caller fetches what it wants. */
  static final String FEATURES = "features";

  static final String SCORE = "score";

  private SavedModelNames() {}

  /** {@code features} and {@code logits} are there for every reading a model has. */
  static String signature(String name, InputReading reading) {
    return reading == InputReading.SOS ? name : name + "_" + reading.label();
  }
}

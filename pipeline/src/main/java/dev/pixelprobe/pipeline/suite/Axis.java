package dev.pixelprobe.pipeline.suite;

import static dev.pixelprobe.pipeline.suite.Kind.NUMBER;
import static dev.pixelprobe.pipeline.suite.Kind.NUMBERS;
import static dev.pixelprobe.pipeline.suite.Kind.TEXT;
import static dev.pixelprobe.pipeline.suite.Kind.TEXTS;
import static dev.pixelprobe.pipeline.suite.Kind.WHOLE;
import static dev.pixelprobe.pipeline.suite.Kind.WHOLES;
import static dev.pixelprobe.pipeline.suite.Kind.YES_NO;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A list of a suite, of which every cell takes one entry. Keys are flags of {@code run}. */
public enum Axis {
  MODELS(
      Map.entry("model", TEXT),
      Map.entry("features", TEXTS),
      Map.entry("input", TEXT),
      Map.entry("precision", TEXT),
      Map.entry("batch_size", WHOLE),
      Map.entry("signature", TEXT),
      Map.entry("output", TEXTS),
      Map.entry("image_size", WHOLE),
      Map.entry("resample", TEXT),
      Map.entry("scale", TEXT),
      Map.entry("mean", NUMBERS),
      Map.entry("std", NUMBERS),
      Map.entry("channels_first", YES_NO)),
  DATASETS(
      Map.entry("dataset", TEXT),
      Map.entry("data", TEXT),
      Map.entry("limit_train", WHOLE),
      Map.entry("limit_test", WHOLE),
      Map.entry("max_dead_letters", NUMBER)),
  LAYERS(Map.entry("layers", TEXT)),
  PROBES(
      Map.entry("c", NUMBERS),
      Map.entry("labels_per_class", WHOLES),
      Map.entry("draws", WHOLE),
      Map.entry("seed", WHOLE)),
  SAMPLES(
      Map.entry("samples", WHOLE),
      Map.entry("temperature", NUMBER),
      Map.entry("top_k", WHOLE),
      Map.entry("top_p", NUMBER)),
  EXTRACTORS(
      Map.entry("extractor", TEXTS), Map.entry("inception", TEXT), Map.entry("resize", TEXT));

  /** In every entry: what sets it apart in labels and in the report. */
  public static final String NAME = "name";

  @SuppressWarnings("ImmutableEnumChecker") // it never changes
  private final Map<String, Kind> keys;

  @SafeVarargs
  Axis(Map.Entry<String, Kind>... keys) {
    Map<String, Kind> inOrder = new LinkedHashMap<>();
    for (Map.Entry<String, Kind> key : keys) {
      inOrder.put(key.getKey(), key.getValue());
    }
    inOrder.put("name", TEXT);
    this.keys = Collections.unmodifiableMap(inOrder);
  }

  /** Its key in the file. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The keys of an entry, and what each takes. An entry that is a single value gives the first. */
  Map<String, Kind> keys() {
    return keys;
  }

  /** What an entry is called by. */
  String mainKey() {
    return keys.keySet().iterator().next();
  }

  /** The keys of an entry. */
  public List<String> keyNames() {
    return List.copyOf(keys.keySet());
  }
}

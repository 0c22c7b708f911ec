package dev.pixelprobe.pipeline.features;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.pipeline.data.DeadLetter;
import dev.pixelprobe.pipeline.files.Folder;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * {@code dead-letters.jsonl}: the records that extraction could not use, one JSON object per line,
 * kept with the features so that a run from the cache reports them too.
 */
public final class DeadLetterFile {
  public static final String NAME = "dead-letters.jsonl";

  private static final ObjectMapper JSON = new ObjectMapper();

  private DeadLetterFile() {}

  /** The dead letters in {@code directory}, by shard and record. */
  public static List<DeadLetter> read(String directory) throws IOException {
    ResourceId file = Folder.at(directory).file(NAME);
    List<DeadLetter> letters = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(Channels.newReader(FileSystems.open(file), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        letters.add(fromLine(line));
      }
    } catch (FileNotFoundException | NoSuchFileException | JsonProcessingException e) {
      throw new InvalidInputException(
          "%s: expected dead letters as JSON lines, got %s; delete the feature set and extract it again"
              .formatted(file, e instanceof JsonProcessingException ? "something else" : "no file"),
          e);
    }
    letters.sort(
        Comparator.comparing(DeadLetter::shard, new NaturalOrder())
            .thenComparing(DeadLetter::record));
    return List.copyOf(letters);
  }

  static DeadLetter fromLine(String line) throws JsonProcessingException {
    return JSON.readValue(line, DeadLetter.class);
  }

  static String toLine(DeadLetter letter) {
    try {
      return JSON.writeValueAsString(letter);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a dead letter is always JSON: " + letter, e);
    }
  }
}

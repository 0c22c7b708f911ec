package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.pipeline.features.FeatureReader;
import dev.pixelprobe.pipeline.files.Folder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code dead-letters/} of a run: the records that could not be used. */
final class DeadLetterFolder {
  static final String PATH = "dead-letters/dead-letters.jsonl";

  private DeadLetterFolder() {}

  static void fill(Path runDir, FeatureReader features) throws IOException {
    Path file = runDir.resolve(PATH);
    Files.createDirectories(file.getParent());
    Files.write(
        file, Folder.at(features.directory()).read(features.manifest().deadLetters().path()));
  }
}

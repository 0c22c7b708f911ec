package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.eval.results.JsonFile;
import dev.pixelprobe.pipeline.storage.FileFilling;
import dev.pixelprobe.pipeline.storage.Target;
import java.io.IOException;

/** A record as a JSON file, here or in Cloud Storage. */
final class JsonOutput {
  private JsonOutput() {}

  static void write(Target out, Object record) throws IOException {
    try (FileFilling file = FileFilling.of(out)) {
      JsonFile.write(file.path(), record);
      file.publish();
    }
  }
}

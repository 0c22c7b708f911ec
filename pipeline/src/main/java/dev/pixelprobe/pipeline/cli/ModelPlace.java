package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.pipeline.storage.CloudPath;
import dev.pixelprobe.pipeline.storage.Source;
import dev.pixelprobe.pipeline.storage.Target;
import dev.pixelprobe.pipeline.storage.Upload;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A SavedModel: where workers find it, and where this process reads it.
 *
 * @param location an absolute path, or {@code gs://bucket/name}
 */
record ModelPlace(String location, Path local) {
  private static final String GRAPH = "saved_model.pb";

  /** One that somebody else made. */
  static ModelPlace of(Source source) throws IOException {
    return new ModelPlace(source.location(), source.local().toAbsolutePath().normalize());
  }

  /** One that this machine made for itself; a cache in Cloud Storage gets it for the workers. */
  static ModelPlace made(Path dir) throws IOException {
    String shared = UserCache.shared();
    if (!CloudPath.isOne(shared)) {
      return new ModelPlace(dir.toString(), dir);
    }
    Target place = Target.of(shared).resolve("models").resolve(String.valueOf(dir.getFileName()));
    Upload.of(dir, GRAPH).onceTo(place);
    return new ModelPlace(place.location(), dir);
  }
}

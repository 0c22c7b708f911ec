package dev.pixelprobe.pipeline.files;

import dev.pixelprobe.model.AsideDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;

/** A folder for as long as a pipeline runs. Closing it deletes it. */
public final class WorkFolder implements AutoCloseable {
  private final Folder folder;

  private WorkFolder(Folder folder) {
    this.folder = folder;
  }

  /**
   * A folder beside a place, under a name that nobody else has.
   *
   * @param location of the place: an absolute local path, or a {@code gs://} URI
   */
  public static WorkFolder beside(String location) throws IOException {
    return new WorkFolder(
        Folder.isRemote(location)
            ? new Folder(Folder.at(location) + ".partial-" + UUID.randomUUID())
            : new Folder(AsideDirectory.of(Path.of(location)).path().toString()));
  }

  /** Where it is. */
  public String location() {
    return folder.location();
  }

  @Override
  public void close() throws IOException {
    folder.delete();
  }
}

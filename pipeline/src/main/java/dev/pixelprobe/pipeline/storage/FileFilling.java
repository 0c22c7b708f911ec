package dev.pixelprobe.pipeline.storage;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that is written on this machine, and uploaded if its place is in Cloud Storage. */
public final class FileFilling implements AutoCloseable {
  private final Path file;
  private final @Nullable Scratch scratch;
  private final @Nullable CloudPath cloud;

  private FileFilling(Path file, @Nullable Scratch scratch, @Nullable CloudPath cloud) {
    this.file = file;
    this.scratch = scratch;
    this.cloud = cloud;
  }

  /** Begins to write a file; one that is there stays until {@link #publish} at least. */
  public static FileFilling of(Target target) throws IOException {
    if (!target.isCloud()) {
      return new FileFilling(target.path(), null, null);
    }
    CloudPath cloud = target.inCloud();
    Scratch scratch = Scratch.create();
    return new FileFilling(scratch.path().resolve(cloud.lastPart()), scratch, cloud);
  }

  /** Where to write. */
  public Path path() {
    return file;
  }

  /** Uploads what was written, if it is to be elsewhere. */
  public void publish() throws IOException {
    if (cloud != null) {
      CloudAccess.objects().upload(file, cloud);
    }
  }

  @Override
  public void close() throws IOException {
    if (scratch != null) {
      scratch.close();
    }
  }
}

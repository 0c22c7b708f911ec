package dev.pixelprobe.pipeline.storage;

import java.util.List;
import org.apache.beam.sdk.io.FileSystem;
import org.apache.beam.sdk.io.FileSystemRegistrar;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Brings no file system, but hears of the options whenever Beam gives them to its own: on the
 * client, and in every worker.
 */
public final class CloudAccessRegistrar implements FileSystemRegistrar {
  @Override
  public Iterable<FileSystem<?>> fromOptions(PipelineOptions options) {
    CloudAccess.use(options);
    return List.of();
  }
}

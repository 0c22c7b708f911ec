package dev.pixelprobe.pipeline.files;

import dev.pixelprobe.pipeline.storage.standin.CloudStorageStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** A bucket of a stand-in for Cloud Storage, which Beam's file systems take for the service. */
public final class Bucket implements AutoCloseable {
  private static final String NAME = "bucket";

  private final CloudStorageStandIn standIn;
  private final PipelineOptions options;

  private Bucket(CloudStorageStandIn standIn, PipelineOptions options) {
    this.standIn = standIn;
    this.options = options;
  }

  public static Bucket open() throws IOException {
    CloudStorageStandIn standIn = CloudStorageStandIn.withBucket(NAME);
    PipelineOptions options =
        PipelineOptionsFactory.fromArgs(standIn.beamOptions().toArray(String[]::new)).create();
    FileSystems.setDefaultPipelineOptions(options);
    return new Bucket(standIn, options);
  }

  /** The service, to disturb it and to look into it. */
  public CloudStorageStandIn service() {
    return standIn;
  }

  /** Beam's options for a pipeline that reaches it. */
  public PipelineOptions options() {
    return options;
  }

  /** The {@code gs://} URI of what lies below a prefix. */
  public String location(String prefix) {
    return "gs://%s/%s".formatted(NAME, prefix);
  }

  /** Puts the files of a directory, with all that is in it, below a prefix. */
  public String put(Path directory, String prefix) throws IOException {
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        put(prefix + "/" + directory.relativize(file), Files.readAllBytes(file));
      }
    }
    return location(prefix);
  }

  public void put(String object, byte[] bytes) {
    standIn.put(NAME, object, bytes);
  }

  public byte[] get(String object) {
    return standIn.get(NAME, object);
  }

  /** The names of all objects that begin with a prefix. */
  public List<String> names(String prefix) {
    return standIn.names(NAME).stream().filter(name -> name.startsWith(prefix)).toList();
  }

  /** Beam's file systems are as they were; the service ends. */
  @Override
  public void close() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    standIn.close();
  }
}

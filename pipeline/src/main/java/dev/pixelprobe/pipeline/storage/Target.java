package dev.pixelprobe.pipeline.storage;

import dev.pixelprobe.model.InvalidInputException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file or a folder that is written, on this machine or in Cloud Storage.
 *
 * @param typed as the user wrote it
 * @param cloud null for a local one
 */
public record Target(String typed, @Nullable CloudPath cloud) {
  /**
   * A path or {@code gs://bucket/name}.
   *
   * @throws InvalidInputException if it begins like the latter and is none
   */
  public static Target of(String location) {
    return new Target(location, CloudPath.isOne(location) ? CloudPath.parse(location) : null);
  }

  public boolean isCloud() {
    return cloud != null;
  }

  /** The local path. */
  public Path path() {
    if (cloud != null) {
      throw new IllegalStateException(cloud + " is no local path");
    }
    return Path.of(typed);
  }

  /** For workers: an absolute path, or {@code gs://bucket/name}. */
  public String location() {
    return cloud == null ? path().toAbsolutePath().normalize().toString() : cloud.toString();
  }

  public Target resolve(String child) {
    return cloud == null
        ? new Target(path().resolve(child).toString(), null)
        : new Target(cloud.resolve(child).toString(), cloud.resolve(child));
  }

  /** The last part of its name. */
  public String name() {
    if (cloud != null) {
      return cloud.lastPart();
    }
    Path last = path().toAbsolutePath().normalize().getFileName();
    return last == null ? "" : last.toString();
  }

  /** Whether a file or a folder is there. */
  public boolean exists() throws IOException {
    return cloud == null ? Files.exists(path()) : !isFreeInCloud();
  }

  /** The names of what lies directly in a folder, if there is one. */
  public List<String> names() throws IOException {
    if (cloud != null) {
      return CloudAccess.objects().namesIn(cloud);
    }
    if (!Files.isDirectory(path())) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(path())) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }

  /**
   * Creates an empty file.
   *
   * @return whether this process did: not if there was one already
   */
  public boolean create() throws IOException {
    if (cloud != null) {
      return CloudAccess.objects().create(cloud);
    }
    try {
      Files.createDirectories(path().toAbsolutePath().getParent());
      Files.createFile(path());
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /** Deletes a file; it is fine if there is none. */
  public void delete() throws IOException {
    if (cloud != null) {
      CloudAccess.objects().delete(List.of(cloud));
    } else {
      Files.deleteIfExists(path());
    }
  }

  /** Whether a folder in Cloud Storage, or a file of its name, has nothing in it yet. */
  public boolean isFreeInCloud() throws IOException {
    CloudPath path = inCloud();
    CloudObjects objects = CloudAccess.objects();
    return objects.below(path).isEmpty() && objects.find(path).isEmpty();
  }

  /** Whether it is a folder in Cloud Storage that holds something. */
  public boolean isFolderInCloud() throws IOException {
    return !CloudAccess.objects().below(inCloud()).isEmpty();
  }

  /** Whether there is an object of exactly this name. */
  public boolean isObject() throws IOException {
    return CloudAccess.objects().find(inCloud()).isPresent();
  }

  CloudPath inCloud() {
    if (cloud == null) {
      throw new IllegalStateException(typed + " is not in Cloud Storage");
    }
    return cloud;
  }

  @Override
  public String toString() {
    return typed;
  }
}

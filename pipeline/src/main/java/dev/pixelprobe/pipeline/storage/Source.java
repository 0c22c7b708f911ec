package dev.pixelprobe.pipeline.storage;

import dev.pixelprobe.model.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A file or a folder that is read, on this machine or in Cloud Storage.
 *
 * @param typed as the user wrote it
 * @param cloud null for a local one
 */
public record Source(String typed, @Nullable CloudPath cloud) {
  /**
   * A path or {@code gs://bucket/name}.
   *
   * @throws InvalidInputException if it begins like the latter and is none
   */
  public static Source of(String location) {
    return new Source(location, CloudPath.isOne(location) ? CloudPath.parse(location) : null);
  }

  public boolean isCloud() {
    return cloud != null;
  }

  /** For workers: an absolute path, or {@code gs://bucket/name}. */
  public String location() {
    return cloud == null
        ? Path.of(typed).toAbsolutePath().normalize().toString()
        : cloud.toString();
  }

  /** The last part of its name. */
  public String name() {
    if (cloud != null) {
      return cloud.lastPart();
    }
    Path last = Path.of(typed).toAbsolutePath().normalize().getFileName();
    return last == null ? "" : last.toString();
  }

  /**
   * Where it can be read: the path itself, there or not, or the local copy of what is in Cloud
   * Storage now, which is made if this machine has none.
   *
   * @throws InvalidInputException if nothing is there in Cloud Storage
   */
  public Path local() throws IOException {
    if (cloud == null) {
      return Path.of(typed);
    }
    StagedCopies copies = StagedCopies.here();
    CloudObjects objects = CloudAccess.objects();
    Optional<CloudObject> file = objects.find(cloud);
    if (file.isPresent()) {
      CloudPath folder = cloud.parent();
      return copies.of(folder, List.of(file.get())).resolve(cloud.lastPart());
    }
    return copies.of(cloud, some(objects.below(cloud)));
  }

  /**
   * Where the chosen files of a folder can be read; all of them, if the folder is local.
   *
   * @param choice from the names of all files below it to those that are wanted
   */
  public Path local(UnaryOperator<List<String>> choice) throws IOException {
    if (cloud == null) {
      return Path.of(typed);
    }
    List<CloudObject> all = some(CloudAccess.objects().below(cloud));
    int prefix = cloud.prefix().length();
    List<String> wanted =
        choice.apply(all.stream().map(object -> object.path().name().substring(prefix)).toList());
    List<CloudObject> chosen =
        all.stream()
            .filter(object -> wanted.contains(object.path().name().substring(prefix)))
            .toList();
    return StagedCopies.here().of(cloud, chosen);
  }

  /** Where files can be read whose names begin so, such as the parts of a checkpoint. */
  public Path localPrefix() throws IOException {
    if (cloud == null) {
      return Path.of(typed);
    }
    List<CloudObject> parts = CloudAccess.objects().startingWith(cloud, cloud.name() + ".");
    return parts.isEmpty()
        ? local()
        : StagedCopies.here().of(cloud.parent(), parts).resolve(cloud.lastPart());
  }

  /** A message about local copies as one about what they are copies of. */
  public static String naming(String message) {
    return StagedCopies.naming(message);
  }

  private List<CloudObject> some(List<CloudObject> listed) {
    if (listed.isEmpty()) {
      throw new InvalidInputException(
          "%s: expected an object or a folder of objects, got nothing there; check the path"
              .formatted(cloud));
    }
    return listed;
  }

  @Override
  public String toString() {
    return typed;
  }
}

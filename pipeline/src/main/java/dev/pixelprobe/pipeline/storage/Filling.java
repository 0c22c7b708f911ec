package dev.pixelprobe.pipeline.storage;

import dev.pixelprobe.model.AsideDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder that is filled aside and appears whole or not at all: by a rename where it is local, by
 * an upload whose last object decides where it is in Cloud Storage. There workers may write to its
 * place already. Closing it without {@link #publish} deletes what was written.
 */
public final class Filling implements AutoCloseable {
  private final AsideDirectory aside;
  private final @Nullable CloudPath cloud;
  private boolean published;

  private Filling(AsideDirectory aside, @Nullable CloudPath cloud) {
    this.aside = aside;
    this.cloud = cloud;
  }

  /**
   * Begins to fill a folder.
   *
   * @param target where nothing is yet
   */
  public static Filling of(Target target) throws IOException {
    return target.isCloud()
        ? new Filling(scratch(target.inCloud()), target.inCloud())
        : new Filling(AsideDirectory.of(target.path()), null);
  }

  static AsideDirectory scratch(CloudPath target) throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    return AsideDirectory.of(temporary.resolve("pixelprobe-" + target.lastPart()));
  }

  /** Where this process writes. */
  public Path path() {
    return aside.path();
  }

  /** Where workers write it: an absolute path, or {@code gs://bucket/name}. */
  public String location() {
    return cloud == null ? aside.path().toString() : cloud.toString();
  }

  /** Where workers write a part of it. */
  public String location(String child) {
    return location() + "/" + child;
  }

  /**
   * Lets the folder appear.
   *
   * @param deciding the file without which the others are no result
   */
  public void publish(String deciding) throws IOException {
    if (cloud == null) {
      aside.publish();
    } else {
      upload(aside.path(), cloud, deciding);
    }
    published = true;
  }

  /** Uploads all files below a folder, the deciding one when all others are there. */
  static void upload(Path folder, CloudPath cloud, String deciding) throws IOException {
    CloudObjects objects = CloudAccess.objects();
    Path last = folder.resolve(deciding);
    AtomicLong done = new AtomicLong();
    long bytes = 0;
    List<Transfers.Transfer> transfers = new ArrayList<>();
    for (Path file : files(folder)) {
      if (!file.equals(last)) {
        long size = Files.size(file);
        bytes += size;
        CloudPath to = cloud.resolve(folder.relativize(file).toString());
        transfers.add(
            () -> {
              objects.upload(file, to);
              done.addAndGet(size);
            });
      }
    }
    Transfers.run("upload", bytes, done::get, transfers);
    if (Files.exists(last)) {
      objects.upload(last, cloud.resolve(deciding));
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      aside.close();
    } finally {
      if (!published && cloud != null) {
        CloudObjects objects = CloudAccess.objects();
        objects.delete(objects.below(cloud).stream().map(CloudObject::path).toList());
      }
    }
  }
}

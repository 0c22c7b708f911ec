package dev.pixelprobe.pipeline.storage;

import dev.pixelprobe.model.AsideDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;

/**
 * A folder that is filled aside and appears whole or not at all: by a rename where it is local, by
 * an upload whose last object decides where it is in Cloud Storage. There workers may write to its
 * place already. Closing it without {@link #publish} deletes what was written.
 */
public abstract sealed class Filling implements AutoCloseable {
  private Filling() {}

  /**
   * Begins to fill a folder.
   *
   * @param target where nothing is yet
   */
  public static Filling of(Target target) throws IOException {
    return target.isCloud()
        ? new InCloud(target.inCloud(), Scratch.create())
        : new Here(AsideDirectory.of(target.path()));
  }

  /** Where this process writes. */
  public abstract Path path();

  /** Where workers write it: an absolute path, or {@code gs://bucket/name}. */
  public abstract String location();

  /** Where workers write a part of it. */
  public String location(String child) {
    return location() + "/" + child;
  }

  /**
   * Brings here what workers wrote to its place, for this process to read.
   *
   * @param wanted tells by the name below the folder
   */
  public abstract void fetch(Predicate<String> wanted) throws IOException;

  /**
   * Lets the folder appear.
   *
   * @param deciding the file without which the others are no result
   */
  public void publish(String deciding) throws IOException {
    publish(path(), deciding);
  }

  /** Lets a folder in it appear in its stead. */
  public abstract void publish(Path part, String deciding) throws IOException;

  @Override
  public abstract void close() throws IOException;

  private static final class Here extends Filling {
    private final AsideDirectory aside;

    private Here(AsideDirectory aside) {
      this.aside = aside;
    }

    @Override
    public Path path() {
      return aside.path();
    }

    @Override
    public String location() {
      return aside.path().toString();
    }

    @Override
    public void fetch(Predicate<String> wanted) {
      // workers wrote here
    }

    @Override
    public void publish(Path part, String deciding) throws IOException {
      aside.publish(part);
    }

    @Override
    public void close() throws IOException {
      aside.close();
    }
  }

  private static final class InCloud extends Filling {
    private final CloudPath cloud;
    private final Scratch scratch;
    private boolean published;

    private InCloud(CloudPath cloud, Scratch scratch) {
      this.cloud = cloud;
      this.scratch = scratch;
    }

    @Override
    public Path path() {
      return scratch.path();
    }

    @Override
    public String location() {
      return cloud.toString();
    }

    @Override
    public void fetch(Predicate<String> wanted) throws IOException {
      CloudObjects objects = CloudAccess.objects();
      for (CloudObject object : objects.below(cloud)) {
        String name = object.path().name().substring(cloud.prefix().length());
        if (wanted.test(name)) {
          Path file = scratch.path().resolve(name);
          Files.createDirectories(file.getParent());
          objects.download(object, file, bytes -> {});
        }
      }
    }

    @Override
    public void publish(Path part, String deciding) throws IOException {
      Upload.of(part, deciding).to(cloud);
      published = true;
    }

    @Override
    public void close() throws IOException {
      scratch.close();
      if (!published) {
        CloudObjects objects = CloudAccess.objects();
        objects.delete(objects.below(cloud).stream().map(CloudObject::path).toList());
      }
    }
  }
}
